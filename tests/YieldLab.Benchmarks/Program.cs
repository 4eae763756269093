using System.Globalization;
using BenchmarkDotNet.Running;
using YieldLab.Benchmarks.Comparison;

const int Rounds = 5;

if (args is ["compare", .. var rest])
    ComparisonRun.Run(rest is [var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : Rounds);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
