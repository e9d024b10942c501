# Neither way leans on the Swarm, on Rocket.Chat or on a function of ours.
resource "google_monitoring_notification_channel" "email" {
  for_each = var.emails

  project      = var.project_id
  display_name = "${var.environment}: ${each.key}"
  type         = "email"
  labels       = { email_address = each.key }
}

resource "google_monitoring_notification_channel" "webhook" {
  project      = var.project_id
  display_name = "${var.environment}: on call"
  type         = "webhook_basicauth"
  labels = {
    url      = var.webhook.url
    username = var.webhook.username
  }

  sensitive_labels {
    password_wo         = var.webhook_password
    password_wo_version = var.webhook.password_version
  }
}

locals {
  channels = concat(
    [for channel in google_monitoring_notification_channel.email : channel.id],
    [google_monitoring_notification_channel.webhook.id],
  )

  # An incident that nobody sees any more closes after a day; Google's own default is a week.
  auto_close = "86400s"
}
