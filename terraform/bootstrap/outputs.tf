output "bucket" {
  description = "The bucket that the environment's backend.tf names."
  value       = google_storage_bucket.state.name
}
