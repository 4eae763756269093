namespace YieldLab.Statistics.Distributions;

/// <summary>The highest place of a smooth function of two numbers, and how sharp it is.</summary>
/// <param name="X">Place.</param>
/// <param name="Y">Place.</param>
/// <param name="Height">Value there.</param>
/// <param name="Information">Second derivatives there, with the sign changed; null where the function is not finite all
/// around.</param>
internal readonly record struct Summit(double X, double Y, double Height, Symmetric? Information)
{
    private const int MostSteps = 400;

    // Of numerical derivatives: the fourth power of the step is lost by truncation, rounding divided by its square.
    private const double Step = 2e-3;

    /// <summary>Finds it: the simplex of J. A. Nelder and R. Mead (Computer Journal 7 (1965) 308), then Newton's
    /// steps.</summary>
    /// <param name="f">Minus infinity or NaN where it is not defined; coordinates of order one.</param>
    /// <param name="x">Start.</param>
    /// <param name="y">Start.</param>
    /// <param name="size">Of the first simplex.</param>
    public static Summit Of(Func<double, double, double> f, double x, double y, double size = 0.2)
    {
        (double X, double Y, double F) best = Simplex(f, x, y, size);
        for (int i = 0; i < 4; i++)
        {
            var (gradientX, gradientY, information) = Derivatives(f, best);
            if (information is not { IsPositive: true } sharp)
                break;
            var (dx, dy) = sharp.Inverse().Times(gradientX, gradientY);
            double height = f(best.X + dx, best.Y + dy);
            // A step that the rounding of f hides is taken too.
            if (!(height >= best.F - 1e-12 * (1 + Math.Abs(best.F))) || Math.Abs(dx) + Math.Abs(dy) > size)
                break;
            best = (best.X + dx, best.Y + dy, height);
        }
        return new(best.X, best.Y, best.F, Derivatives(f, best).Information);
    }

    /// <summary>The place that the simplex finds, without its sharpness; it ends when its corners are as near to each
    /// other in place and height.</summary>
    public static (double X, double Y, double F) Simplex(
        Func<double, double, double> f,
        double x,
        double y,
        double size,
        double place = 1e-5,
        double height = 1e-6
    )
    {
        (double X, double Y, double F) At(double px, double py) =>
            (px, py, f(px, py) is var value && double.IsNaN(value) ? double.NegativeInfinity : value);
        (double X, double Y, double F)[] corners = [At(x, y), At(x + size, y), At(x, y + size)];
        for (int step = 0; step < MostSteps; step++)
        {
            Array.Sort(corners, (a, b) => b.F.CompareTo(a.F));
            var (high, middle, low) = (corners[0], corners[1], corners[2]);
            if (Math.Abs(high.X - low.X) + Math.Abs(high.Y - low.Y) < place && high.F - low.F < height)
                break;
            (double X, double Y, double F) Along(double t) =>
                At((high.X + middle.X) / 2 * (1 - t) + low.X * t, (high.Y + middle.Y) / 2 * (1 - t) + low.Y * t);
            var reflected = Along(-1);
            if (reflected.F > high.F)
                corners[2] = Along(-2) is var far && far.F > reflected.F ? far : reflected;
            else if (reflected.F > middle.F)
                corners[2] = reflected;
            else if (Along(reflected.F > low.F ? -0.5 : 0.5) is var near && near.F > Math.Max(low.F, reflected.F))
                corners[2] = near;
            else
                corners =
                [
                    high,
                    At((high.X + middle.X) / 2, (high.Y + middle.Y) / 2),
                    At((high.X + low.X) / 2, (high.Y + low.Y) / 2),
                ];
        }
        return corners.MaxBy(corner => corner.F);
    }

    // Central differences of the fourth order.
    private static (double X, double Y, Symmetric? Information) Derivatives(
        Func<double, double, double> f,
        (double X, double Y, double F) at
    )
    {
        for (double h = Step; h > 1e-5; h /= 4)
        {
            double Shifted(int i, int j) => f(at.X + i * h, at.Y + j * h) - at.F;
            double[] alongX = [Shifted(-2, 0), Shifted(-1, 0), Shifted(1, 0), Shifted(2, 0)];
            double[] alongY = [Shifted(0, -2), Shifted(0, -1), Shifted(0, 1), Shifted(0, 2)];
            double near = Shifted(1, 1) - Shifted(1, -1) - Shifted(-1, 1) + Shifted(-1, -1);
            double far = Shifted(2, 2) - Shifted(2, -2) - Shifted(-2, 2) + Shifted(-2, -2);
            double mixed = (4 * near - far / 4) / (12 * h * h);
            var information = new Symmetric(-Curvature(alongX, h), -mixed, -Curvature(alongY, h));
            if (double.IsFinite(information.First + information.Mixed + information.Second))
                return (Slope(alongX, h), Slope(alongY, h), information);
        }
        return (0, 0, null);
    }

    private static double Slope(double[] d, double h) => (8 * (d[2] - d[1]) - (d[3] - d[0])) / (12 * h);

    private static double Curvature(double[] d, double h) => (16 * (d[1] + d[2]) - (d[0] + d[3])) / (12 * h * h);
}
