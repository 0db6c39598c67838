namespace BusIngest.Api.Commands.Bench;

/// <summary>What `bench` sends, and where the service says that it is. <see cref="Draw"/>, <see cref="Accept"/> and <see cref="Lose"/> come from all connections at once.</summary>
internal interface IBenchWorkload
{
    /// <summary>What is posted to.</summary>
    string Route { get; }

    /// <summary>What is sent, in the plural.</summary>
    string Records { get; }

    /// <summary>Whether the same request may be sent again when nobody knows what came of it: its records have ids of their own.</summary>
    bool CanRepeat { get; }

    /// <summary>Looks at what is there before.</summary>
    /// <exception cref="CommandException">That was not answered.</exception>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Makes records up.</summary>
    /// <param name="request">Where they go; empty.</param>
    /// <param name="records">How many.</param>
    void Draw(BenchRequest request, int records);

    /// <summary>Notes that a request was acknowledged.</summary>
    void Accept(BenchRequest request, BenchAnswer answer);

    /// <summary>Notes that nobody will know what came of a request.</summary>
    void Lose(BenchRequest request);

    /// <summary>Waits until what was acknowledged is stored, and holds the one against the other.</summary>
    /// <exception cref="CommandException">The service does not say.</exception>
    Task<BenchLedger> CompareAsync(BenchTally tally, BenchDrain drain, CancellationToken cancellationToken);

    /// <summary>Takes back what would do something later.</summary>
    /// <returns>What could not be; none: all of it.</returns>
    Task<IReadOnlyList<string>> TidyAsync(CancellationToken cancellationToken);
}
