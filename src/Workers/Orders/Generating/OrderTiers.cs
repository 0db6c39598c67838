namespace BusIngest.Workers.Orders.Generating;

/// <summary>The tiers of customers, and how many of a hundred orders come from each.</summary>
internal static class OrderTiers
{
    /// <summary>5 of 100, and VIP.</summary>
    public const string Diamante = "DIAMANTE";

    /// <summary>15 of 100.</summary>
    public const string Ouro = "OURO";

    /// <summary>30 of 100.</summary>
    public const string Prata = "PRATA";

    /// <summary>50 of 100.</summary>
    public const string Bronze = "BRONZE";

    /// <summary>The tier of a number from 0 to 99.</summary>
    public static string Of(int percentile) => percentile switch
    {
        < 5 => Diamante,
        < 20 => Ouro,
        < 50 => Prata,
        _ => Bronze,
    };
}
