locals {
  webhooks = {
    (var.hostnames.guesty_webhook)  = "/webhooks/guesty"
    (var.hostnames.aircall_webhook) = "/webhooks/aircall"
    (var.hostnames.llm_query)       = "/questions"
  }
  post          = "http.request.method eq \"POST\""
  health        = "http.request.uri.path eq \"/healthz\""
  webhook_hosts = join(" ", [for host in sort(keys(local.webhooks)) : "\"${host}\""])
  webhook_calls = join(" or ", [
    for host in sort(keys(local.webhooks)) :
    "(http.host eq \"${host}\" and ${local.post} and http.request.uri.path eq \"${local.webhooks[host]}\")"
  ])

  # The nodes watch each other's public addresses, too.
  insiders = concat(var.operator_source_cidrs, values(var.swarm_addresses))

  # The free plan counts ten seconds and blocks for ten; the others count a minute and block for ten.
  period      = var.plan == "free" ? 10 : 60
  block       = var.plan == "free" ? 10 : 600
  rules_limit = { free = 1, pro = 2, business = 5 }[var.plan]

  # The most important first: the plan takes only so many. They ask for the path alone: the free plan lets a rate rule
  # ask for nothing else, and Pro for no method. No other host answers on these paths.
  rate_rules = [
    {
      ref         = "guessing"
      description = "Guessing of passwords and tokens"
      expression = join(" or ", [
        "http.request.uri.path contains \"/login-actions/\"",
        "http.request.uri.path contains \"/protocol/openid-connect/token\"",
        "http.request.uri.path eq \"/status\"",
        "starts_with(http.request.uri.path, \"/operate/\")",
      ])
      requests = local.period * 3
    },
    {
      # Vendors send from few addresses, and 500 a second in a burst is a burst that has to get through.
      ref         = "flood"
      description = "A flood of webhooks from one address"
      expression  = "http.request.uri.path in {${join(" ", [for path in sort(values(local.webhooks)) : "\"${path}\""])}}"
      requests    = local.period * 1000
    },
  ]
}

# What no Worker answers need not wake one. The Workers refuse the same by themselves.
resource "cloudflare_ruleset" "requests" {
  zone_id     = var.zone_id
  kind        = "zone"
  phase       = "http_request_firewall_custom"
  name        = "innkeeper requests"
  description = "Only the paths that the Workers take"

  rules = [
    {
      ref         = "unknown_paths"
      description = "Webhook hosts take their webhook, /operate, /status and /healthz"
      action      = "block"
      enabled     = true
      expression = join(" and ", [
        "http.host in {${local.webhook_hosts}}",
        "not (${local.webhook_calls})",
        "not (http.request.method eq \"GET\" and http.request.uri.path in {\"/healthz\" \"/status\"})",
        "not (${local.post} and starts_with(http.request.uri.path, \"/operate/\"))",
      ])
    },
    {
      ref         = "management_of_identities"
      description = "Keycloak's administration, for operators' own addresses alone"
      action      = "block"
      enabled     = true
      expression = join(" and ", [
        "http.host eq \"${var.hostnames.login}\"",
        "(starts_with(http.request.uri.path, \"/admin\") or starts_with(http.request.uri.path, \"/realms/master\"))",
        "not ip.src in {${join(" ", local.insiders)}}",
      ])
    },
    {
      ref         = "health_alone"
      description = "The Worker that hands logs on is called by Cloudflare; from outside it is asked how it is"
      action      = "block"
      enabled     = true
      expression = join(" and ", [
        "http.host eq \"${var.hostnames.log_forwarder}\"",
        "not (http.request.method eq \"GET\" and ${local.health})",
      ])
    },
  ]
}

resource "cloudflare_ruleset" "rates" {
  zone_id     = var.zone_id
  kind        = "zone"
  phase       = "http_ratelimit"
  name        = "innkeeper rates"
  description = "Bounds on guessing and floods"

  rules = [
    for rule in slice(local.rate_rules, 0, min(local.rules_limit, length(local.rate_rules))) : {
      ref         = rule.ref
      description = rule.description
      action      = "block"
      enabled     = true
      expression  = rule.expression
      ratelimit = {
        characteristics     = ["cf.colo.id", "ip.src"]
        period              = local.period
        requests_per_period = rule.requests
        mitigation_timeout  = local.block
      }
    }
  ]
}
