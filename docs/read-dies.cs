#:project ../src/YieldLab.MonteCarlo/YieldLab.MonteCarlo.csproj
// Reads the stored dies of a run: dotnet run docs/read-dies.cs runs/quickstart
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

RunFolder run = RunFolder.Open(args[0]);
double[] accuracy = [.. run.DieParts.SelectMany(part => ParquetTable.ReadReals(part, "accuracy"))];
bool[] pass = [.. run.DieParts.SelectMany(part => ParquetTable.ReadTruths(part, "pass"))];
WilsonInterval interval = WilsonInterval.Of(pass.Count(p => p), pass.Length);
Console.WriteLine($"{pass.Length} dies, mean accuracy {accuracy.Where(double.IsFinite).Average():0.000}");
Console.WriteLine($"yield {pass.Average(p => p ? 1 : 0):p1}, 95 % interval {interval.Lower:p1} to {interval.Upper:p1}");
