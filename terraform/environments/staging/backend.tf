terraform {
  # Made by terraform/bootstrap; locked by Google while somebody plans or applies.
  backend "gcs" {
    bucket = "innkeeper-staging-tfstate"
    prefix = "staging"
  }
}
