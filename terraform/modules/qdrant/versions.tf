terraform {
  required_version = "~> 1.11"
  required_providers {
    qdrant-cloud = {
      source  = "qdrant/qdrant-cloud"
      version = "~> 1.30"
    }
  }
}
