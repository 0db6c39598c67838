namespace BusIngest.Api.Configuration;

/// <summary>Estimates how hard a key is to guess.</summary>
internal static class KeyStrength
{
    /// <summary>What a key should have, in bits.</summary>
    public const int Enough = 128;

    private const int FewCharacters = 10;
    private const int WordLength = 4;

    /// <summary>An English word has about so many bits a letter.</summary>
    private const double BitsOfALetterInAWord = 1.5;

    /// <summary>Whether a key looks like one that was drawn, of 128 bits or more.</summary>
    public static bool IsEnough(string key) => Bits(key) >= Enough;

    /// <summary>At most so many bits, as far as its characters tell.</summary>
    public static double Bits(string key)
    {
        var distinct = key.Distinct().Count();
        if (distinct < FewCharacters)
            return key.Length * Math.Log2(Math.Max(1, distinct));
        if (key.All(char.IsAsciiHexDigitLower) || key.All(char.IsAsciiHexDigitUpper))
            return key.Length * 4;

        var alphabet = (key.Any(char.IsAsciiLetterLower) ? 26 : 0)
            + (key.Any(char.IsAsciiLetterUpper) ? 26 : 0)
            + (key.Any(char.IsAsciiDigit) ? 10 : 0)
            // Of signs, keys that are drawn have one or two kinds, as Base64 does.
            + key.Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct().Count();
        var inWords = LettersInWords(key);
        return ((key.Length - inWords) * Math.Log2(alphabet)) + (inWords * BitsOfALetterInAWord);
    }

    /// <summary>Drawn keys mix cases and digits: four small letters in a row are rare in them.</summary>
    private static int LettersInWords(string key)
    {
        var (letters, run) = (0, 0);
        foreach (var c in key.Append(' '))
        {
            if (char.IsAsciiLetterLower(c))
            {
                run++;
                continue;
            }

            letters += run >= WordLength ? run : 0;
            run = 0;
        }

        return letters;
    }
}
