resource "google_billing_budget" "this" {
  billing_account = var.billing_account
  display_name    = "innkeeper ${var.environment}"

  budget_filter {
    projects        = ["projects/${var.project_number}"]
    calendar_period = "MONTH"
  }

  amount {
    specified_amount {
      currency_code = var.budget.currency
      units         = tostring(var.budget.amount)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1.0]
    content {
      threshold_percent = threshold_rules.value
      spend_basis       = "CURRENT_SPEND"
    }
  }

  # A loop that writes documents is seen in its first days, not at the end of the month.
  threshold_rules {
    threshold_percent = 1.2
    spend_basis       = "FORECASTED_SPEND"
  }

  all_updates_rule {
    # At most five, e-mail alone: Google takes no other kind for budgets.
    monitoring_notification_channels = slice(
      sort([for channel in google_monitoring_notification_channel.email : channel.id]), 0, min(5, length(var.emails))
    )
    disable_default_iam_recipients = false
  }
}
