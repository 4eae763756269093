using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Random;

/// <summary>
/// The inverse of the standard normal distribution function, algorithm AS 241 (PPND16, relative accuracy about 1e-16;
/// M. J. Wichura, Applied Statistics 37 (1988) 477). Monotone, so that a normal draw is a function of one uniform.
/// </summary>
public static class NormalQuantile
{
    /// <summary>The quantile of a probability in (0, 1).</summary>
    public static double At(double p) => At(Vector512.Create(p))[0];

    /// <summary>The quantiles of eight probabilities in (0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> At(Vector512<double> p)
    {
        Vector512<double> q = p - Vector512.Create(0.5);
        Vector512<double> central = Central(q);
        Vector512<double> inTail = Vector512.GreaterThan(Vector512.Abs(q), Vector512.Create(0.425));
        return inTail.AsInt64() == Vector512<long>.Zero
            ? central
            : Vector512.ConditionalSelect(inTail, Tail(p, q), central);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Central(Vector512<double> q)
    {
        Vector512<double> r = Vector512.Create(0.180625) - q * q;
        Vector512<double> numerator = Polynomial(
            r,
            2.5090809287301226727e+3,
            3.3430575583588128105e+4,
            6.7265770927008700853e+4,
            4.5921953931549871457e+4,
            1.3731693765509461125e+4,
            1.9715909503065514427e+3,
            1.3314166789178437745e+2,
            3.3871328727963666080e0
        );
        Vector512<double> denominator = Polynomial(
            r,
            5.2264952788528545610e+3,
            2.8729085735721942674e+4,
            3.9307895800092710610e+4,
            2.1213794301586595867e+4,
            5.3941960214247511077e+3,
            6.8718700749205790830e+2,
            4.2313330701600911252e+1,
            1.0
        );
        return q * numerator / denominator;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Tail(Vector512<double> p, Vector512<double> q)
    {
        Vector512<double> smaller = Vector512.Min(p, Vector512<double>.One - p);
        Vector512<double> root = Vector512.Sqrt(-Elementary.Log(smaller));
        Vector512<double> value = NearTail(root - Vector512.Create(1.6));
        Vector512<double> isFar = Vector512.GreaterThan(root, Vector512.Create(5.0));
        if (isFar.AsInt64() != Vector512<long>.Zero)
            value = Vector512.ConditionalSelect(isFar, FarTail(root - Vector512.Create(5.0)), value);
        return Vector512.CopySign(value, q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> NearTail(Vector512<double> r) =>
        Polynomial(
            r,
            7.74545014278341407640e-4,
            2.27238449892691845833e-2,
            2.41780725177450611770e-1,
            1.27045825245236838258e0,
            3.64784832476320460504e0,
            5.76949722146069140550e0,
            4.63033784615654529590e0,
            1.42343711074968357734e0
        )
        / Polynomial(
            r,
            1.05075007164441684324e-9,
            5.47593808499534494600e-4,
            1.51986665636164571966e-2,
            1.48103976427480074590e-1,
            6.89767334985100004550e-1,
            1.67638483018380384940e0,
            2.05319162663775882187e0,
            1.0
        );

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> FarTail(Vector512<double> r) =>
        Polynomial(
            r,
            2.01033439929228813265e-7,
            2.71155556874348757815e-5,
            1.24266094738807843860e-3,
            2.65321895265761230930e-2,
            2.96560571828504891230e-1,
            1.78482653991729133580e0,
            5.46378491116411436990e0,
            6.65790464350110377720e0
        )
        / Polynomial(
            r,
            2.04426310338993978564e-15,
            1.42151175831644588870e-7,
            1.84631831751005468180e-5,
            7.86869131145613259100e-4,
            1.48753612908506148525e-2,
            1.36929880922735805310e-1,
            5.99832206555887937690e-1,
            1.0
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Polynomial(
        Vector512<double> x,
        double c7,
        double c6,
        double c5,
        double c4,
        double c3,
        double c2,
        double c1,
        double c0
    )
    {
        Vector512<double> p = Vector512.FusedMultiplyAdd(Vector512.Create(c7), x, Vector512.Create(c6));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(c5));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(c4));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(c3));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(c2));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(c1));
        return Vector512.FusedMultiplyAdd(p, x, Vector512.Create(c0));
    }
}
