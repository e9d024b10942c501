# Hetzner's firewalls stand in front of the public interface alone. What travels in the private network is filtered by
# the host firewalls, which the Ansible role `common` sets from the ranges in this module's outputs.
resource "hcloud_firewall" "nodes" {
  name   = "innkeeper-${var.environment}-nodes"
  labels = local.labels

  rule {
    description = "SSH for operators and the deployment"
    direction   = "in"
    protocol    = "tcp"
    port        = "22"
    source_ips  = var.ssh_source_cidrs
  }

  rule {
    description = "HTTP, which Traefik only redirects"
    direction   = "in"
    protocol    = "tcp"
    port        = "80"
    source_ips  = var.web_source_cidrs
  }

  rule {
    description = "HTTPS"
    direction   = "in"
    protocol    = "tcp"
    port        = "443"
    source_ips  = var.web_source_cidrs
  }
}

# A firewall lets in what a rule names: without one, nothing. `BACKUP_FIREWALL_ID` of functions/backup.
resource "hcloud_firewall" "backup" {
  name   = "innkeeper-${var.environment}-backup"
  labels = local.labels
}
