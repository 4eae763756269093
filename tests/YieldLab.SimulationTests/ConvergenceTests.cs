using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>The integration promise on the studies that ship: within 1e-3 of full scale of the converged solution.</summary>
public class ConvergenceTests
{
    private const double Promise = 1e-3;

    [Theory]
    [InlineData("quickstart", 40)]
    [InlineData("wine", 12)]
    [InlineData("breast_cancer", 6)]
    [InlineData("digits", 2)]
    [InlineData("diabetes", 40)]
    public void Dies_of_shipped_studies_match_steps_eight_times_finer(string name, int dies) =>
        AssertConverged(PreparedStudy.Of(StudyFile.Read(Repository.Study(name))), dies);

    [Theory]
    [InlineData("quickstart", 6)]
    [InlineData("diabetes", 6)]
    public void Dies_in_EKV_match_steps_eight_times_finer(string name, int dies) =>
        AssertConverged(PreparedStudy.Of(StudyFile.Read(Repository.Study(name), "fidelity=ekv")), dies);

    // Cells so small that half weights grow to ten times full scale and more, in dies much faster than the pilots.
    [Fact]
    public void Dies_of_badly_matched_cells_match_steps_eight_times_finer()
    {
        string[] kinds = ["multiplier", "gradient", "integrator", "decay", "quiescent", "cross_coupling"];
        string[] small = [.. kinds.Select(kind => $"design.cells.{kind}={{ width: 0.5 um, length: 0.5 um }}")];
        StudyFile file = StudyFile.Read(Repository.Study("diabetes"), [.. small, "training.epochs=3"]);
        AssertConverged(PreparedStudy.Of(file), 60);
    }

    [Theory]
    [InlineData("quickstart")]
    [InlineData("diabetes")]
    public void Single_precision_stays_within_the_promise_of_double(string name)
    {
        PreparedStudy study = PreparedStudy.Of(StudyFile.Read(Repository.Study(name)));
        for (int k = 0; k < 8; k++)
        {
            DieCase die = DieCase.Of(study, k);
            DieAnswer single = DieSolver.Solve(die with { Precision = Precision.Single });
            DieAnswer twice = DieSolver.Solve(die with { Precision = Precision.Double });
            AssertNear(single.Predictions, twice.Predictions, $"{name} die {k} prediction");
            AssertNear(
                single.WeightsAfterEpoch[^1].SelectMany(w => w),
                twice.WeightsAfterEpoch[^1].SelectMany(w => w),
                $"{name} die {k} weight"
            );
        }
    }

    // Dies from 8 on: the first eight chose the steps.
    private static void AssertConverged(PreparedStudy study, int dies)
    {
        for (int k = 8; k < 8 + dies; k++)
        {
            DieCase die = DieCase.Of(study, k) with { Precision = Precision.Double };
            DieAnswer answer = DieSolver.Solve(die);
            // Four times as many substeps within each of the finer steps: the outputs' solver converges as well.
            var plan = new StepPlan(8 * answer.Steps, [.. study.Plan.Substeps.Select(count => 4 * count)]);
            DieAnswer converged = DieSolver.Solve(die with { Plan = plan });
            double[] expected = [.. converged.WeightsAfterEpoch[^1].SelectMany(w => w)];
            string what = $"{study.File.Study.Name} die {k}";
            // A die whose half weights outgrow full scale is as exact as its largest one.
            double scale = Math.Max(1, expected.Max());
            AssertNear(answer.WeightsAfterEpoch[^1].SelectMany(w => w), expected, $"{what} weight", scale);
            AssertNear(answer.Predictions, converged.Predictions, $"{what} prediction", scale);
        }
    }

    private static void AssertNear(
        IEnumerable<double> actual,
        IEnumerable<double> expected,
        string what,
        double scale = 1
    )
    {
        double worst = actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst < Promise * scale, $"{what}: off by {worst:e2}");
    }
}
