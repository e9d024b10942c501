locals {
  labels = { project = "innkeeper", environment = var.environment }
}

resource "hcloud_network" "this" {
  name              = "innkeeper-${var.environment}"
  ip_range          = var.ip_range
  labels            = local.labels
  delete_protection = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "hcloud_network_subnet" "nodes" {
  network_id   = hcloud_network.this.id
  type         = "cloud"
  network_zone = var.network_zone
  ip_range     = var.nodes_ip_range
}

# Hetzner puts a server that asks for no address into the last subnet, and functions/backup asks for none: this one has
# to be the last, both made and by its range. Nodes ask for theirs.
resource "hcloud_network_subnet" "backup" {
  network_id   = hcloud_network.this.id
  type         = "cloud"
  network_zone = var.network_zone
  ip_range     = var.backup_ip_range

  depends_on = [hcloud_network_subnet.nodes]
}
