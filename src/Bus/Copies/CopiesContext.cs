using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Copies;

/// <summary>The model of what is still to be copied elsewhere.</summary>
public sealed class CopiesContext(IMainDatabase database) : DatabaseContext(database, "copies")
{
    /// <summary>What is to be copied.</summary>
    public DbSet<DocumentChange> Changes => Set<DocumentChange>();

    /// <summary>Where to.</summary>
    public DbSet<DocumentFeed> Feeds => Set<DocumentFeed>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DocumentChange>(change =>
        {
            change.ToTable("document_changes");
            change.HasKey(x => x.Seq);
            Number(change.Property(x => x.Seq));
            change.HasIndex(x => new { x.Collection, x.Seq });
        });
        modelBuilder.Entity<DocumentFeed>(feed =>
        {
            feed.ToTable("document_feeds");
            feed.HasKey(x => x.Collection);
        });
    }
}
