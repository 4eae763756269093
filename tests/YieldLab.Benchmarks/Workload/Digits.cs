using System.Globalization;
using YieldLab.Circuits.Accelerators;

namespace YieldLab.Benchmarks.Workload;

/// <summary>The digits data set as the circuit sees it: 64 pixels scaled from 0..16 to -1..1, one-hot classes.</summary>
internal static class Digits
{
    private const int Classes = 10;

    public static Examples Read()
    {
        using Stream stream = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine(); // the header
        var inputs = new List<double[]>();
        var targets = new List<double[]>();
        while (reader.ReadLine() is { } line)
        {
            int[] fields = [.. line.Split(',').Select(field => int.Parse(field, CultureInfo.InvariantCulture))];
            inputs.Add([.. fields[..^1].Select(pixel => pixel / 8.0 - 1)]);
            targets.Add([.. Enumerable.Range(0, Classes).Select(k => k == fields[^1] ? 1.0 : 0.0)]);
        }
        return new(inputs, targets);
    }
}
