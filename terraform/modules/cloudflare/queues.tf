locals {
  # The names of wrangler.jsonc in prod; with the environment behind them elsewhere.
  suffix = var.environment == "prod" ? "" : "-${var.environment}"

  queues = toset(flatten([for name in var.delivery_queues : [name, "${name}-dead"]]))
}

# Consumers are wrangler's: they belong to a script.
resource "cloudflare_queue" "this" {
  for_each = local.queues

  account_id = var.account_id
  queue_name = "${each.key}${local.suffix}"

  settings = {
    delivery_delay  = 0
    delivery_paused = false
    # The longest there is: a Worker that cannot be deployed for days loses nothing.
    message_retention_period = 1209600
  }

  lifecycle {
    prevent_destroy = true
  }
}
