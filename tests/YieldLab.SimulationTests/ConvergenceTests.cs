using Xunit;
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
    [InlineData("quickstart", 8)]
    [InlineData("wine", 8)]
    [InlineData("breast_cancer", 4)]
    [InlineData("digits", 2)]
    [InlineData("diabetes", 8)]
    public void Dies_of_shipped_studies_match_steps_eight_times_finer(string name, int dies)
    {
        PreparedStudy study = PreparedStudy.Of(StudyFile.Read(Repository.Study(name)));
        for (int k = 0; k < dies; k++)
        {
            DieCase die = DieCase.Of(study, k) with { Precision = Precision.Double };
            DieAnswer answer = DieSolver.Solve(die);
            DieAnswer converged = DieSolver.Solve(
                die with
                {
                    // Four times as many substeps within each of the finer steps: the outputs' solver converges as well.
                    Plan = new(8 * answer.Steps, [.. study.Plan.Substeps.Select(count => 4 * count)]),
                    MostSteps = 1024,
                }
            );
            // The error estimate of the step control is 4/3 of a halving; 1/64 of the error remains in the finer one.
            AssertNear(
                answer.WeightsAfterEpoch[^1].SelectMany(w => w),
                converged.WeightsAfterEpoch[^1].SelectMany(w => w),
                $"{name} die {k} weight"
            );
            AssertNear(answer.Predictions, converged.Predictions, $"{name} die {k} prediction");
        }
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
        }
    }

    private static void AssertNear(IEnumerable<double> actual, IEnumerable<double> expected, string what)
    {
        double worst = actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst < Promise, $"{what}: off by {worst:e2}");
    }
}
