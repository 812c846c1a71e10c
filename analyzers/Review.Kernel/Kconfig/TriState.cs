namespace Review.Kernel.Kconfig;

/// <summary>A Kconfig truth value: off, module, built in. The order is that of <c>&amp;&amp;</c> (minimum) and <c>||</c> (maximum).</summary>
internal enum TriState : byte
{
    No,
    Module,
    Yes,
}

internal static class TriStates
{
    public static TriState And(TriState a, TriState b) => a < b ? a : b;

    public static TriState Or(TriState a, TriState b) => a > b ? a : b;

    public static TriState Not(TriState a) => (TriState)(TriState.Yes - a);

    public static TriState From(bool value) => value ? TriState.Yes : TriState.No;

    public static string Text(this TriState value) => value switch
    {
        TriState.Yes => "y",
        TriState.Module => "m",
        _ => "n",
    };

    /// <summary>The truth value of <c>y</c>, <c>m</c> or <c>n</c>, or null for any other text.</summary>
    public static TriState? Parse(string text) => text switch
    {
        "y" => TriState.Yes,
        "m" => TriState.Module,
        "n" => TriState.No,
        _ => null,
    };
}
