using System.Buffers;
using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Contracts;
using BusIngest.Contracts.Cars;

namespace BusIngest.Api.Cars;

/// <summary>Reads and checks a body of one car or an array of them in one pass. Nothing is accepted unless everything is right.</summary>
/// <param name="now">The time that cars without one get; its year bounds theirs.</param>
/// <param name="newId">Gives an id to cars without one.</param>
internal sealed class CarsReader(DateTimeOffset now, Func<Guid> newId)
{
    /// <summary>How many cars a body has at most.</summary>
    public const int MaxCars = 10_000;

    private readonly List<Car> _cars = [];

    /// <summary>What is wrong, by field (<c>price</c>, or in an array <c>[3].price</c>).</summary>
    public FieldErrors Errors { get; } = new();

    /// <summary>Reads a whole body.</summary>
    /// <returns>The cars, in order; to be used only when there are no errors.</returns>
    public IReadOnlyList<Car> Read(in ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body, JsonOfAnyDepth.Options);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
                ReadArray(ref reader);
            else
                ReadCar(ref reader, "");

            // Moves to the end, and throws where something follows.
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            Errors.Add("$", $"is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})");
        }

        return _cars;
    }

    private void ReadArray(ref Utf8JsonReader reader)
    {
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index == MaxCars)
            {
                Errors.Add("$", $"must have at most {MaxCars} cars");
                return;
            }

            ReadCar(ref reader, $"[{index}]");
            if (Errors.AreMany)
                return;
        }

        if (_cars.Count == 0 && Errors.AreNone)
            Errors.Add("$", "must have at least one car");
    }

    private void ReadCar(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Errors.Add(path.Length == 0 ? "$" : path, path.Length == 0 ? "must be a car or an array of cars" : "must be a car");
            reader.Skip();
            return;
        }

        var prefix = path.Length == 0 ? "" : path + ".";
        var draft = new CarDraft();
        var seen = CarFieldName.Unknown;
        var right = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = CarFieldNames.Current(ref reader);
            reader.Read();
            var error = field != CarFieldName.Unknown && seen.HasFlag(field) ? "is given twice" : draft.Read(field, ref reader, now.Year + 1);
            seen |= field;
            right &= Check(prefix, field, error);
            if (JsonOfAnyDepth.SkipCountingLevels(ref reader) <= JsonOfAnyDepth.DeepestValue)
                continue;

            Errors.Add(path.Length == 0 ? "$" : path, JsonOfAnyDepth.TooDeep);
            right = false;
        }

        foreach (var field in seen.Missing())
            right &= Check(prefix, field, "is required");
        if (right)
            _cars.Add(draft.Complete(now, newId));
    }

    private bool Check(string prefix, CarFieldName field, string? error)
    {
        if (error is not null)
            Errors.Add(prefix + field.InJson(), error);
        return error is null;
    }
}
