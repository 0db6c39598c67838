using System.Text.Json;

namespace BusIngest.Support.Cars;

/// <summary>A car as a client writes it; every field follows from the id, so that what was stored can be checked.</summary>
public sealed record ClientCar(
    Guid Id, string NormalizedMake, string NormalizedModel, int Year, double Price, string Location, DateTimeOffset GeneratedAt)
{
    private static readonly DateTimeOffset Earliest = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The car of this id.</summary>
    public static ClientCar Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return new ClientCar(
            id,
            $"make-{bytes[0] % 20}",
            $"model-{bytes[1]}",
            1886 + (bytes[2] % 130),
            1_000 + bytes[3] + (bytes[4] / 4.0),
            $"Straße {bytes[5]}, \"Łódź\" 🚗",
            Earliest.AddSeconds(bytes[0] * 256 + bytes[1]));
    }

    /// <summary>A version 4 UUID out of a seeded generator.</summary>
    public static Guid NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>One car as an object, several as an array.</summary>
    public static byte[] Json(IReadOnlyList<ClientCar> cars) => cars.Count == 1
        ? JsonSerializer.SerializeToUtf8Bytes(cars[0], JsonSerializerOptions.Web)
        : JsonSerializer.SerializeToUtf8Bytes(cars, JsonSerializerOptions.Web);
}
