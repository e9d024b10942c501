output "notification_channels" {
  description = "The ways alerts go, by id."
  value       = local.channels
}

output "policies" {
  description = "Names of all alerting policies."
  value = sort(concat(
    [for policy in google_monitoring_alert_policy.functions : policy.display_name],
    [for policy in google_monitoring_alert_policy.backup : policy.display_name],
    [for policy in google_monitoring_alert_policy.crashes : policy.display_name],
    [for policy in google_monitoring_alert_policy.subscriptions : policy.display_name],
    [for policy in google_monitoring_alert_policy.listener : policy.display_name],
    [for policy in google_monitoring_alert_policy.listener_publishes : policy.display_name],
    [for policy in google_monitoring_alert_policy.workers : policy.display_name],
    [for policy in google_monitoring_alert_policy.uptime : policy.display_name],
    [google_monitoring_alert_policy.triggers.display_name, google_monitoring_alert_policy.certificates.display_name],
  ))
}
