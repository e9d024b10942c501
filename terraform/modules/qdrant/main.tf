resource "qdrant-cloud_accounts_cluster" "this" {
  name                      = "innkeeper-${var.environment}"
  cloud_provider            = var.cloud_provider
  cloud_region              = var.cloud_region
  delete_backups_on_destroy = false

  configuration {
    number_of_nodes = var.nodes
    version         = var.qdrant_version

    node_configuration {
      package_id = var.package_id
    }

    database_configuration {
      collection {
        replication_factor       = min(var.nodes, 2)
        write_consistency_factor = 1
      }

      # Computes the BM25 vectors (`qdrant/bm25`) of documents and questions.
      inference {
        enabled = true
      }

      # Keys with fewer rights than all: the Worker's is for reading alone.
      service {
        jwt_rbac = true
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "qdrant-cloud_accounts_backup_schedule" "this" {
  cluster_id                = qdrant-cloud_accounts_cluster.this.id
  cron_expression           = var.backup_cron
  retention_period          = "${var.backup_days * 24}h"
  delete_backups_on_destroy = false
}
