using SkiaSharp;

namespace YieldLab.Cli.Notebooks;

/// <summary>Compares pictures by what they show: processors round the shade of an edge differently.</summary>
internal static class Pictures
{
    // Of 255; a change of shade that nobody sees.
    private const int MostDifference = 16;

    /// <summary>Whether two pictures, base64 of PNG, show the same; null: there is none.</summary>
    public static bool Same(string? a, string? b) =>
        a == b
        || (a is not null && b is not null && Decode(a) is { } first && Decode(b) is { } second && Same(first, second));

    private static bool Same(SKBitmap a, SKBitmap b) =>
        a.Info.Size == b.Info.Size
        && a.Bytes.Length == b.Bytes.Length
        && a.Bytes.Zip(b.Bytes).All(pair => Math.Abs(pair.First - pair.Second) <= MostDifference);

    private static SKBitmap? Decode(string picture)
    {
        var bytes = new byte[picture.Length];
        return Convert.TryFromBase64String(picture, bytes, out int count)
            ? SKBitmap.Decode(bytes.AsSpan(0, count))
            : null;
    }
}
