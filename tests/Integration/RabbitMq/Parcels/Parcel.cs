namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>A record that travels in chunks.</summary>
/// <param name="Number">Tells it from others.</param>
/// <param name="Content">Gives it a size.</param>
public sealed record Parcel(int Number, string Content = "");
