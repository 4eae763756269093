#:project ../src/YieldLab.MonteCarlo/YieldLab.MonteCarlo.csproj
// Reads the stored dies of a run: dotnet run docs/read-dies.cs runs/quickstart
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

if (args is not [var folder])
    return Fail("expected the folder of a run, such as runs/quickstart");
try
{
    var parts = RunFolder.Open(folder).DieParts;
    if (parts.Count == 0)
        return Fail($"{folder}: no die is stored here yet");
    double[] bits = [.. parts.SelectMany(part => ParquetTable.ReadReals(part, "effective_bits"))];
    long[] steps = [.. parts.SelectMany(part => ParquetTable.ReadIntegers(part, "integration_steps"))];
    bool[] pass = [.. parts.SelectMany(part => ParquetTable.ReadTruths(part, "pass"))];
    ProportionInterval interval = WilsonInterval.Of(pass.Count(p => p), pass.Length);
    // The number of a failed die is NaN.
    double[] known = [.. bits.Where(double.IsFinite).Order()];
    Console.WriteLine(
        $"{pass.Length} dies, {known.Length} of them trained with at most {steps.Max()} steps an example"
    );
    if (known.Length > 0)
        Console.WriteLine($"median of the effective bits {Quantile.OfSorted(known, 0.5):0.00}");
    Console.WriteLine($"yield {pass.Average(p => p ? 1 : 0):p1}, 95 % {interval.Lower:p1} to {interval.Upper:p1}");
    return 0;
}
catch (Exception e) when (e is IOException or ArgumentException)
{
    return Fail(e.Message);
}

static int Fail(string message)
{
    Console.Error.WriteLine($"read-dies: {message}");
    return 1;
}
