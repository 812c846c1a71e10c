using Review.Tests.Tables;

namespace Review.Tests.CSharp;

/// <summary>Switches over advice, and calls of madvise.</summary>
public sealed class AdviceSwitchTests
{
    [Theory]
    [InlineData("switch (a) { case InfoAdvice.MADV_A: return 1; } return 0;", "the switch over InfoAdvice does not name MADV_B, MADV_C, MADV_D, and has no default")]
    [InlineData("switch (a) { case InfoAdvice.MADV_A: case InfoAdvice.MADV_B: return 1; case InfoAdvice.MADV_C: return 2; default: return 0; }", "the switch over InfoAdvice does not name MADV_D, and its default takes them without a word")]
    [InlineData("switch (a) { case InfoAdvice.MADV_A or InfoAdvice.MADV_B: return 1; case InfoAdvice.MADV_C when x: return 2; case InfoAdvice.MADV_D: break; } return 0;", "the switch over InfoAdvice does not name MADV_C, and has no default")]
    [InlineData("return a switch { InfoAdvice.MADV_A => 1, _ => 0 };", "the switch over InfoAdvice does not name MADV_B, MADV_C, MADV_D, and its default takes them without a word")]
    [InlineData("switch (a) { case InfoAdvice.MADV_A: return 1; default: throw new System.ArgumentOutOfRangeException(nameof(a)); }", null)]
    [InlineData("switch (a) { case InfoAdvice.MADV_A: return 1; default: return Log(a); }", null)]
    [InlineData("switch (a) { case InfoAdvice.MADV_A: case InfoAdvice.MADV_B: case InfoAdvice.MADV_C: case InfoAdvice.MADV_D: return 1; default: return 0; }", null)]
    [InlineData("return a switch { InfoAdvice.MADV_A => 1, _ => throw new System.NotSupportedException() };", null)]
    [InlineData("switch (o) { case System.DayOfWeek.Monday: return 1; default: return 0; }", null)]
    public async Task A_switch_that_swallows_advice_is_told(string body, string? message) =>
        Assert.Equal(message is null ? [] : [message], (await CSharpProject.Analyze(Code(body), Sample.Table)).Select(static finding => finding.GetMessage()));

    [Theory]
    [InlineData("switch (a) { case InfoAdvice.MADV_A: return 1; default: return 0; }")]
    [InlineData("switch (a)\n        {\n            case InfoAdvice.MADV_C:\n                return 1;\n        }\n\n        return 0;")]
    [InlineData("return a switch { InfoAdvice.MADV_A => 1, _ => 0 };")]
    public async Task The_fix_names_what_was_left_out(string body)
    {
        var after = await CSharpProject.Fix(Code(body), Sample.Table);
        Assert.Contains("InfoAdvice.MADV_D", after, StringComparison.Ordinal);
        Assert.Empty(await CSharpProject.Analyze(after, Sample.Table));
    }

    [Theory]
    [InlineData("madvise(0, 0, 3);", 1)]
    [InlineData("Advise(0, 0, 3);", 1)]
    [InlineData("other(0);", 0)]
    [InlineData("_ = madvise(0, 0, 3);", 0)]
    [InlineData("if (madvise(0, 0, 3) != 0) throw new System.InvalidOperationException();", 0)]
    public async Task An_ignored_result_of_madvise_is_told(string statement, int count)
    {
        var code = $$"""
            using System.Runtime.InteropServices;
            static class Native
            {
                [DllImport("libc", SetLastError = true)] private static extern int madvise(nint address, nuint length, int advice);
                [DllImport("libc", EntryPoint = "process_madvise")] private static extern int Advise(nint address, nuint length, int advice);
                [DllImport("libc")] private static extern int other(int x);
                public static void Run() { {{statement}} }
            }
            """;
        Assert.Equal(count, (await CSharpProject.Analyze(code, Sample.Table)).Count(static finding => finding.Id == "KMC1002"));
    }

    private static string Code(string body) => $$"""
        using Madvise;
        class Sample
        {
            private static int Log(InfoAdvice a) => (int)a;

            internal static int Run(InfoAdvice a, System.DayOfWeek o, bool x)
            {
                {{body}}
            }
        }
        """;
}
