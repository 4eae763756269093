#:project ../src/YieldLab.MonteCarlo/YieldLab.MonteCarlo.csproj
// Reads the stored dies of a run: dotnet run docs/read-dies.cs runs/quickstart
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

if (args is not [var folder])
    return Fail("expected the folder of a run, such as runs/quickstart");
RunFolder run;
try
{
    run = RunFolder.Open(folder);
}
catch (IOException e)
{
    return Fail(e.Message);
}
if (run.DieParts.Count == 0)
    return Fail($"{folder}: no die is stored here yet");

double[] accuracy = [.. run.DieParts.SelectMany(part => ParquetTable.ReadReals(part, "accuracy"))];
long[] steps = [.. run.DieParts.SelectMany(part => ParquetTable.ReadIntegers(part, "integration_steps"))];
bool[] pass = [.. run.DieParts.SelectMany(part => ParquetTable.ReadTruths(part, "pass"))];
WilsonInterval interval = WilsonInterval.Of(pass.Count(p => p), pass.Length);
Console.WriteLine($"{pass.Length} dies, mean accuracy {accuracy.Where(double.IsFinite).Average():0.000}");
Console.WriteLine($"at most {steps.Max()} integration steps a presentation");
Console.WriteLine($"yield {pass.Average(p => p ? 1 : 0):p1}, 95 % interval {interval.Lower:p1} to {interval.Upper:p1}");
return 0;

static int Fail(string message)
{
    Console.Error.WriteLine($"read-dies: {message}");
    return 1;
}
