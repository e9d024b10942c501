locals {
  notifications = {
    incident_alert = {
      description = "Cloudflare itself has a major or critical incident"
      filters     = { incident_impact = ["INCIDENT_IMPACT_MAJOR", "INCIDENT_IMPACT_CRITICAL"] }
    }
    universal_ssl_event_type = {
      description = "A zone's certificate changes or fails to"
      filters     = null
    }
  }
}

resource "cloudflare_notification_policy" "this" {
  for_each = local.notifications

  account_id  = var.account_id
  name        = "innkeeper-${var.environment}-${replace(each.key, "_", "-")}"
  description = each.value.description
  alert_type  = each.key
  enabled     = true
  filters     = each.value.filters

  mechanisms = {
    email = [for address in sort(var.notification_emails) : { id = address }]
  }
}
