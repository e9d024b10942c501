terraform {
  required_version = "~> 1.11"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 8.1"
    }
    # Minor versions of these two have changed what a second plan says (Cloudflare's 5.13, 5.19 and 5.24, Hetzner's
    # 1.63): each stays at the one whose schema is checked, until a person raises both.
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = "~> 5.22.0"
    }
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.68.0"
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
