using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Text;

/// <summary>The section sampling: what it means and what is refused.</summary>
public class SamplingMessageTests
{
    private const string Samples = "samples: 20\n";

    [Theory]
    [InlineData("samples: 20\nsampling: { method: sobol }\n", "47:10: samples: " + NoMultiple)]
    [InlineData("samples: 20\nsampling: { method: latin-hypercube }\n", "47:10: samples: " + NoMultiple)]
    [InlineData(
        "samples: 20\nsampling: { method: monte-carlo, randomisations: 16 }\n",
        "48:50: sampling.randomisations: independent dies have none; expected the method latin-hypercube or sobol"
    )]
    [InlineData(
        "samples: 20\nsampling: { randomisations: 16 }\n",
        "48:29: sampling.randomisations: independent dies have none; expected the method latin-hypercube or sobol"
    )]
    [InlineData(
        "samples: 20\nsampling: { method: sobol, randomisations: 7 }\n",
        "48:44: sampling.randomisations: '7' is out of range; expected a number from 8 up to 1024, such as 16"
    )]
    [InlineData(
        "samples: 262160\nsampling: { method: latin-hypercube }\n",
        "47:10: samples: 262160 dies are too many for latin-hypercube, which keeps its orders in memory; expected at most 262144, or the method sobol"
    )]
    [InlineData(
        "samples: 34359738376\nsampling: { method: sobol, randomisations: 8 }\n",
        "47:10: samples: a sobol sequence has 4294967296 points; expected at most 34359738368 dies in 8 randomisations"
    )]
    [InlineData(
        "samples: 20\nsampling: { method: sobel }\n",
        "48:21: sampling.method: unknown value 'sobel'; did you mean 'sobol'?"
    )]
    [InlineData(
        "samples: 20\nsampling: sobol\n",
        "48:11: sampling: expected keys and values: method, randomisations, table"
    )]
    public void Sampling_that_does_not_fit_is_refused_at_its_place(string lines, string message)
    {
        using var study = new TinyStudy(TinyStudy.With(Samples, lines));
        Assert.Equal($"study.yaml:{message}", study.Refusal());
    }

    [Fact]
    public void Number_of_dies_that_is_set_from_outside_is_refused_under_its_option()
    {
        using var study = new TinyStudy(TinyStudy.With(Samples, "samples: 32\nsampling: { method: sobol }\n"));
        Assert.Equal($"--set samples=20: samples: {NoMultiple}", study.Refusal("samples=20"));
    }

    [Fact]
    public void Study_in_which_nothing_varies_has_no_points()
    {
        using var study = new TinyStudy(TinyStudy.With(Samples, "samples: 32\nsampling: { method: sobol }\n"));
        Assert.Equal(
            "study.yaml:48:21: sampling.method: nothing varies that points could be spread over; expected variation of process, mismatch or temperature, or the method monte-carlo",
            study.Refusal("variation={process: off, mismatch: off, leakage: on, temperature: off}")
        );
    }

    [Theory]
    [InlineData("monte-carlo", "", 1, true)]
    [InlineData("sobol", "", 16, true)]
    [InlineData("sobol", ", randomisations: 8", 8, true)]
    [InlineData("latin-hypercube", ", randomisations: 32", 32, false)]
    public void Prepared_study_tells_its_randomisations_and_whether_it_can_be_extended(
        string method,
        string more,
        int randomisations,
        bool extensible
    )
    {
        using var tiny = new TinyStudy(
            TinyStudy.With(Samples, $"samples: 32\nsampling: {{ method: {method}{more} }}\n")
        );
        PreparedStudy study = PreparedStudy.Of(tiny.Read());
        Assert.Equal((randomisations, extensible), (study.Randomisations, study.IsExtensible));
        Assert.Equal(method == "monte-carlo", study.Draws.Points is null);
        Assert.Null(study.WithIndependentDies().Draws.Points);
    }

    [Fact]
    public void Absent_section_means_independent_dies()
    {
        using var tiny = new TinyStudy();
        SamplingSettings sampling = tiny.Read().Study.Sampling;
        Assert.Equal((SamplingMethod.MonteCarlo, null), (sampling.Method, sampling.Randomisations));
    }

    [Fact]
    public void Die_that_a_Latin_hypercube_does_not_have_is_refused()
    {
        using var tiny = new TinyStudy(TinyStudy.With(Samples, "samples: 32\nsampling: { method: latin-hypercube }\n"));
        PreparedStudy study = PreparedStudy.Of(tiny.Read());
        Assert.Equal(
            "--die 32: the study's points are for 32 dies; expected 0 to 31",
            Assert.Throws<StudyException>(() => DieCase.Of(study, 32)).Message
        );
        Assert.Equal(
            study.Errors([31, 31, 31, 31, 31, 31, 31, 31]).Temperature(0),
            DieCase.Of(study, 31).Errors.DieTemperature
        );
    }

    private const string NoMultiple =
        "20 dies cannot be shared evenly among 16 randomisations; expected a multiple of 16, such as 32";
}
