namespace YieldLab.Circuits.Netlists;

/// <summary>The subcircuits of a netlist: the same for every die. Each cell's own numbers come as parameters.</summary>
internal static class SpiceCells
{
    public const string Text = """
        * ---------------------------------------------------------------- the device
        * EKV in saturation, from weak to strong inversion. Voltages are counted from the threshold, which cancels around
        * every loop. Bulk is tied to source.
        * TO USE A PDK: put a transistor of the PDK in place of the lines between .subckt and .ends, such as
        *   Xm d g s s nfet w=2u l=2u
        * (by the value of is, or a subcircuit for each cell, where cells differ in size); set voff to what its gate
        * voltage at wq*iu lies above that of the device here; and where the PDK draws mismatch itself, dv and beta of
        * the cells to 0. All devices are n-channel.
        .subckt ekv d g s is=1e-7 t=300.15
        .param swing={2*n*kq*t}
        B1 d s I={is}*pow(ln(1+exp(v(g,s)/{swing})),2)
        .ends

        * Diode-connected device; {cdiode} keeps its node from being algebraic.
        .subckt diode g is=1e-7 t=300.15
        X1 g g 0 ekv is={is} t={t}
        C1 g 0 {cdiode}
        .ends

        * ---------------------------------------------------------------- mirrors
        * A current that several cells read is carried as a voltage, 1 V for iu; each reader copies it with a G source.

        * Ideal p-channel mirror: what device d draws flows into out.
        .subckt turn d out
        V1 d 0 {vdd}
        F1 out 0 V1 1
        .ends

        * Mirror of a bias current i from node a to node b, with its error.
        .subckt source a b i=0 t=300.15 dv=0 beta=0
        I1 a b {i*exp(dv/(n*kq*t)+beta)}
        .ends

        * Mirror of a signal, with its error (sum).
        .subckt mirror in out t=300.15 dv=0 beta=0
        G1 0 out in 0 {iu*exp(dv/(n*kq*t)+beta)}
        R1 out 0 {1/iu}
        .ends

        * Half-wave rectifier with a quiescent level and its error (dac, err).
        .subckt rectifier in out sign=1 level=0 t=300.15 dv=0 beta=0
        .param gain={iu*exp(dv/(n*kq*t)+beta)}
        B1 0 out I={gain}*(max({sign}*v(in),0)+{level})
        R1 out 0 {1/iu}
        .ends

        * ---------------------------------------------------------------- translinear loops
        * Loops read voltages through IDEAL BUFFERS: each adds its voltage, with sign, at node g, where 1 A is 1 V.
        .subckt buffer in g sign=1
        G1 0 g in 0 {sign}
        .ends

        * Sinks iu*a*b (in weak inversion) from d. Three diodes carry a, b and iu; the output device's gate is at
        * va + vb - viu + error.
        .subckt loop a b d is=1e-7 t=300.15 dv=0 beta=0
        Ga 0 da a 0 {iu}
        Xa da diode is={is} t={t}
        Gb 0 db b 0 {iu}
        Xb db diode is={is} t={t}
        Iu 0 du {iu}
        Xu du diode is={is} t={t}
        Xb1 da g buffer
        Xb2 db g buffer
        Xb3 du g buffer sign=-1
        Ie 0 g {dv+beta*n*kq*t}
        Rg g 0 1
        Xo d g 0 ekv is={is} t={t}
        .ends

        * The same with its current turned into out: forward and gradient multipliers (fwd, upd).
        .subckt product a b out is=1e-7 t=300.15 dv=0 beta=0
        Xl a b d loop is={is} t={t} dv={dv} beta={beta}
        Xt d out turn
        .ends

        * ---------------------------------------------------------------- the memory
        * Half of a weight: u charges its capacitor, decay, leakage and the other half discharge it; w is the half as a
        * signal. Errors: charging loop (up), decay mirror (dec), quiescent mirror (q), cross-coupling loop (cc).
        .subckt half u other cap w t=300.15 c=1e-12 leak=0 dvup=0 bup=0 dvdec=0 bdec=0 dvq=0 bq=0 dvcc=0 bcc=0
        Gu 0 du u 0 {iu}
        Xq 0 du source i={iu*rho*wq*wq} t={t} dv={dvq} beta={bq}
        Xu du diode is={isint} t={t}
        Ig 0 dg {ig}
        Xg dg diode is={isint} t={t}
        Xb1 du g buffer
        Xb2 dg g buffer
        Xb3 cap g buffer sign=-1
        Ie 0 g {dvup+bup*n*kq*t}
        Rg g 0 1
        Xo o g 0 ekv is={isint} t={t}
        Xt o cap turn
        Xd cap 0 source i={idec} t={t} dv={dvdec} beta={bdec}
        Il cap 0 {leak}
        C1 cap 0 {c}
        Xcc ix other cap loop is={iscc} t={t} dv={dvcc} beta={bcc}
        Xw ow cap 0 ekv is={isint} t={t}
        Xtw ow w turn
        Rw w 0 {1/iu}
        .ends

        * ---------------------------------------------------------------- outputs
        * Target current of a linear layer, added on the side that lets prediction and target cancel.
        .subckt target t out sign=1
        B1 0 out I={iu}*max({sign}*v(t),0)
        .ends

        * Arm of the differential pair of a softmax layer: its normalised gate voltage z.
        .subckt arm yp yn z t=300.15 dv=0
        .param gain={g0*tref/t*bias} offset={dv/(n*kq*t)}
        B1 z 0 V={gain}*(v(yp)-v(yn))+{offset}
        .ends

        """;
}
