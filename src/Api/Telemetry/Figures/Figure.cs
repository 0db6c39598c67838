namespace BusIngest.Api.Telemetry.Figures;

/// <summary>Something that is as it is, and is looked up when somebody asks.</summary>
/// <param name="Name">Its instrument's name.</param>
/// <param name="Description">What it says.</param>
/// <param name="Unit">`s` or `By`; null: a number.</param>
internal sealed record Figure(string Name, string Description, string? Unit = null);
