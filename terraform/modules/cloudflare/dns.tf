locals {
  swarm_records = {
    for pair in setproduct(["chat", "login"], keys(var.swarm_addresses)) :
    "${pair[0]}/${pair[1]}" => { hostname = var.hostnames[pair[0]], address = var.swarm_addresses[pair[1]] }
  }
}

# One record for each node: Traefik answers on all of them, and Cloudflare goes on to the next where one is silent. The
# Workers' names are made by wrangler together with their routes.
resource "cloudflare_dns_record" "swarm" {
  for_each = local.swarm_records

  zone_id = var.zone_id
  name    = each.value.hostname
  type    = "A"
  content = each.value.address
  ttl     = 1
  proxied = true
}

# Nobody sends mail from this domain. Where people have their mailboxes in it, somebody does: a second record of this
# kind beside their provider's would make all of their mail suspect.
resource "cloudflare_dns_record" "no_mail" {
  count = anytrue([for address in var.notification_emails : endswith(lower(address), "@${var.domain}")]) ? 0 : 1

  zone_id = var.zone_id
  name    = var.domain
  type    = "TXT"
  content = "\"v=spf1 -all\""
  ttl     = 3600
}
