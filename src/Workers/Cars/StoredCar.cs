namespace BusIngest.Workers.Cars;

/// <summary>A stored car: a row of the table `cars`.</summary>
public sealed class StoredCar
{
    /// <summary>Its place in the order of storing.</summary>
    public long Seq { get; init; }

    /// <summary>The natural key: a car is stored once.</summary>
    public Guid Id { get; init; }

    /// <summary>Make.</summary>
    public required string NormalizedMake { get; init; }

    /// <summary>Model.</summary>
    public required string NormalizedModel { get; init; }

    /// <summary>Model year.</summary>
    public int Year { get; init; }

    /// <summary>Price.</summary>
    public double Price { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Location { get; init; }

    /// <summary>When it was generated or listed.</summary>
    public DateTimeOffset GeneratedAt { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset StoredAt { get; init; }
}
