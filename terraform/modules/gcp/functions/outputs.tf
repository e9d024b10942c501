output "urls" {
  description = "Addresses by name, known before the functions exist; `BACKUP_EXCHANGE_URL`, `BACKUP_REPORT_URL`."
  value = {
    for name in keys(var.functions) : name => "https://${name}-${var.project_number}.${var.region}.run.app"
  }
}

output "service_accounts" {
  description = "Each function's own service account."
  value       = { for name, account in google_service_account.functions : name => account.email }
}

output "eventarc_service_account" {
  description = "Account of the triggers, `--trigger-service-account`."
  value       = google_service_account.eventarc.email
}

output "build_service_account" {
  description = "Account of the builds, `--build-service-account`."
  value       = google_service_account.build.name
}

output "min_instances" {
  description = "Warm instances by function, under this environment's cap."
  value       = { for name, function in var.functions : name => min(function.minInstances, var.min_instances_cap) }
}

output "secrets" {
  description = "Ids of all secrets that `pnpm secrets` has to fill."
  value       = sort([for secret in google_secret_manager_secret.this : secret.secret_id])
}

output "public_functions" {
  description = "Functions that anybody may call."
  value       = sort([for name, function in var.functions : name if function.trigger.invoker == "public"])
}
