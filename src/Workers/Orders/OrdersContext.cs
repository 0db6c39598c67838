using BusIngest.Bus.Storage;
using BusIngest.Workers.Orders.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders;

/// <summary>The model of the orders.</summary>
public sealed class OrdersContext(IMainDatabase database) : DatabaseContext(database, "orders")
{
    /// <summary>The orders.</summary>
    public DbSet<Order> Orders => Set<Order>();

    /// <summary>What is generated.</summary>
    public DbSet<OrderChunk> Chunks => Set<OrderChunk>();

    /// <summary>The jobs.</summary>
    public DbSet<OrderBatch> Batches => Set<OrderBatch>();

    /// <summary>The history.</summary>
    public DbSet<OrderRun> Runs => Set<OrderRun>();

    /// <summary>The log.</summary>
    public DbSet<OrderLogLine> Log => Set<OrderLogLine>();

    /// <summary>Whether the queue runs.</summary>
    public DbSet<OrderQueueState> Queue => Set<OrderQueueState>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>(order =>
        {
            order.ToTable("orders");
            order.HasKey(x => x.Seq);
            order.Property(x => x.Seq).ValueGeneratedNever();
        });
        modelBuilder.Entity<OrderChunk>(chunk =>
        {
            chunk.ToTable("order_chunks");
            chunk.HasKey(x => x.First);
            chunk.Property(x => x.First).ValueGeneratedNever();
        });
        modelBuilder.Entity<OrderBatch>(batch =>
        {
            batch.ToTable("order_batches");
            batch.HasKey(x => x.First);
            batch.Property(x => x.First).ValueGeneratedNever();
        });
        modelBuilder.Entity<OrderRun>(run =>
        {
            run.ToTable("order_runs");
            run.HasKey(x => x.Run);
            run.Property(x => x.Run).ValueGeneratedNever();
            run.HasIndex(x => x.Id).IsUnique();
        });
        modelBuilder.Entity<OrderLogLine>(line =>
        {
            line.ToTable("order_log");
            line.HasKey(x => x.Seq);
            Number(line.Property(x => x.Seq));
        });
        modelBuilder.Entity<OrderQueueState>(queue =>
        {
            queue.ToTable("order_queue");
            queue.Property(x => x.Id).ValueGeneratedNever();
            queue.HasData(new OrderQueueState { Id = OrderQueueState.TheOne });
        });
    }
}
