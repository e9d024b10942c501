terraform {
  required_version = "~> 1.11"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 8.1"
    }
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = "~> 5.22"
    }
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.68"
    }
    qdrant-cloud = {
      source  = "qdrant/qdrant-cloud"
      version = "~> 1.30"
    }
  }
}

# Tokens come from the environment: HCLOUD_TOKEN, CLOUDFLARE_API_TOKEN, QDRANT_CLOUD_API_KEY; Google by federation.
provider "google" {
  project               = var.google.project_id
  region                = var.google.region
  user_project_override = true
  billing_project       = var.google.project_id
}

provider "cloudflare" {}

provider "hcloud" {}

provider "qdrant-cloud" {
  api_key    = var.qdrant_cloud_api_key
  account_id = var.qdrant.account_id
}
