using System.CommandLine;
using System.Globalization;
using YieldLab.Cli.Output;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab die verify</c>: dies of a study in ngspice against the kernel.</summary>
internal static class VerifyCommand
{
    private const double UsualTolerance = 0.2;
    private const int UsualDies = 8;

    public static Command Create()
    {
        var study = Shared.Study();
        var dies = Shared.Number<int?>(
            "--dies",
            "N",
            $"Number of dies, from die 0 on (default: {UsualDies})",
            text => Shared.Count(text, 100_000),
            "1 to 100000"
        );
        var examples = Shared.Examples();
        var threads = Shared.Threads("Dies at the same time (default: all cores)");
        var tolerance = Shared.Number<double?>(
            "--tolerance",
            "PERCENT",
            $"Largest allowed difference of a weight in percent of full scale (default: {UsualTolerance})",
            text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double percent)
                && percent is > 0 and <= 100
                    ? percent
                    : null,
            "a percentage above 0 up to 100, such as 0.5"
        );
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var set = Shared.Set();
        var seed = Shared.Seed();
        var command = new Command("verify", "Compare dies of a study in ngspice with the EKV kernel")
        {
            study,
            dies,
            examples,
            threads,
            tolerance,
            json,
            set,
            seed,
        };
        command.SetAction(parsed =>
        {
            PreparedStudy prepared = PreparedStudy.Of(
                Shared.Read(parsed.GetRequiredValue(study), parsed.GetValue(set), null, parsed.GetValue(seed))
            );
            IReadOnlyList<DieAgreement> agreements = DieVerification.Of(
                prepared,
                parsed.GetValue(dies) ?? UsualDies,
                parsed.GetValue(examples),
                parsed.GetValue(threads) ?? Environment.ProcessorCount
            );
            var report = new VerificationReport(agreements, parsed.GetValue(tolerance) ?? UsualTolerance);
            if (parsed.GetValue(json))
                Console.WriteLine(report.Json(prepared.File.Study.Name));
            else
                report.Print();
            return report.Agrees ? 0 : 1;
        });
        return command;
    }
}
