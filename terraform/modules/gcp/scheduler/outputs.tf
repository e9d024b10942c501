output "service_account" {
  description = "Address of the account that calls; it needs roles/run.invoker on the functions launch and sweep."
  value       = google_service_account.scheduler.email
}

output "jobs" {
  description = "The jobs' schedules by name."
  value       = { for name, job in google_cloud_scheduler_job.this : name => job.schedule }
}
