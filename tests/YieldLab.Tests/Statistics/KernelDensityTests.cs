using Xunit;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Tests.Statistics;

/// <summary>Bandwidths and densities against R and against the sum written out.</summary>
public sealed class KernelDensityTests
{
    private static double[] Normals => [.. ShapeData.Y.Select(MathNetNormal)];

    [Fact]
    public void Bandwidth_is_that_of_R()
    {
        // R 4.2: bw.SJ(x, tol = 1e-13); z <- qnorm(y); bw.SJ(z, tol = 1e-13)
        Bandwidth found = Bandwidth.Of(ShapeData.Sorted(ShapeData.X));
        Assert.True(found.IsSheatherJones);
        ShapeData.AreClose(1.2186540801586, found.Width, 1e-12);
        ShapeData.AreClose(0.57984174808704, Bandwidth.Of(ShapeData.Sorted(Normals)).Width, 1e-12);
    }

    [Fact]
    public void Rule_of_thumb_is_that_of_R()
    {
        // R 4.2: bw.nrd0(x); bw.nrd0(z)
        ShapeData.AreClose(0.962880117994802, Bandwidth.Silverman(ShapeData.Sorted(ShapeData.X)), 1e-13);
        ShapeData.AreClose(0.414310735507745, Bandwidth.Silverman(ShapeData.Sorted(Normals)), 1e-12);
    }

    [Fact]
    public void Density_is_the_mean_of_the_kernels_as_R_sums_it()
    {
        // R 4.2: h <- bw.SJ(x, tol = 1e-13); k <- function(t) mean(dnorm(t, x, h)); k(0), k(1), k(3), k(5.5), k(9)
        (double, double)[] expected =
        [
            (0, 0.0483459258109568),
            (1, 0.1024098961980116),
            (3, 0.1730110382720799),
            (5.5, 0.1044306672531638),
            (9, 0.0279592939196054),
        ];
        KernelDensity found = KernelDensity.Of(ShapeData.Sorted(ShapeData.X));
        double step = found.Points[1].X - found.Points[0].X;
        foreach (var (x, density) in expected)
        {
            // Cubic interpolation of a grid of h/13: the fourth derivative of a kernel is at most 3/h^4 of its peak.
            int i = (int)((x - found.Points[0].X) / step);
            double t = (x - found.Points[i].X) / step;
            double At(int k) => found.Points[i + k].Density;
            double cubic =
                -t * (t - 1) * (t - 2) / 6 * At(-1)
                + (t + 1) * (t - 1) * (t - 2) / 2 * At(0)
                - (t + 1) * t * (t - 2) / 2 * At(1)
                + (t + 1) * t * (t - 1) / 6 * At(2);
            ShapeData.AreClose(density, cubic, 1e-4);
        }
    }

    // Reflected at both ends nothing leaks: the trapezia over the whole range are 1.
    [Fact]
    public void Reflected_density_integrates_to_one_and_is_what_brute_force_gives()
    {
        double[] ascending = ShapeData.Sorted(ShapeData.Y.Select(y => y * y));
        KernelDensity found = KernelDensity.Of(ascending, 0, 1);
        double h = found.Bandwidth.Width;
        double step = found.Points[1].X - found.Points[0].X;
        Assert.Equal(0, found.Points[0].X);
        Assert.Equal(1, found.Points[^1].X);
        double integral =
            step * (found.Points.Sum(p => p.Density) - (found.Points[0].Density + found.Points[^1].Density) / 2);
        Assert.Equal(1, integral, 4);
        foreach (DensityPoint point in found.Points)
        {
            double[] kernels =
            [
                .. ascending.Select(v => Gauss(v, point.X, h) + Gauss(v, -point.X, h) + Gauss(v, 2 - point.X, h)),
            ];
            double mean = kernels.Average();
            double error = Math.Sqrt(kernels.Average(k => (k - mean) * (k - mean)) / kernels.Length);
            ShapeData.AreClose(mean, point.Density, 1e-11);
            ShapeData.AreClose(mean + 1.959963984540054 * error, point.Band.Upper, 1e-9);
        }
    }

    [Fact]
    public void Binned_density_of_many_values_is_that_of_the_values()
    {
        double[] ascending = ShapeData.Sorted(ShapeData.Sequence(20_000).Select(MathNetNormal));
        KernelDensity found = KernelDensity.Of(ascending);
        double peak = found.Points.Max(p => p.Density);
        foreach (DensityPoint point in found.Points.Where((_, i) => i % 16 == 0))
        {
            double direct = ascending.Average(v => Gauss(v, point.X, found.Bandwidth.Width));
            Assert.InRange(Math.Abs(direct - point.Density), 0, 3e-4 * peak);
        }
    }

    private static double Gauss(double value, double x, double h) =>
        Math.Exp(-(value - x) * (value - x) / (2 * h * h)) / (h * Math.Sqrt(2 * Math.PI));

    private static double MathNetNormal(double p) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, p);
}
