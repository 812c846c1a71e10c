using Review.Cli.Output;
using Review.Tests.Cli;

namespace Review.Tests.Report;

public class MsBuildReportTests
{
    private const string Code = "void f(int n)\n{\n\tbad();\n\tswitch (n) { }\n}\nint a, b, c;\n";

    [Fact]
    public void It_is_the_canonical_form()
    {
        Assert.Equal(
            """
            mm/a.c(4,2,4,7): warning KMM9901: f() calls bad() (call-of-bad)
            mm/a.c(5,10,5,11): info KMM9902: the switch in f() has no case (empty-switch)
            mm/a.c(7,1,7,12): error KMM9903: c is one global too many (many-globals)
            1 file, 1 function, 0 not analysed, 3 findings

            """,
            MsBuildReport.Render(new SampleAnalysis().Add("mm/a.c", Code).Report()));
    }

    [Fact]
    public void Hostile_text_stays_on_one_line()
    {
        var text = MsBuildReport.Render(HostileResult.Report());
        HostileResult.AssertHarmlessOnTerminal(text);
        Assert.Equal(6, text.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void The_real_MSBuild_counts_errors_and_warnings()
    {
        using var folder = new TemporaryFolder();
        folder.Write("report.txt", MsBuildReport.Render(new SampleAnalysis().Add("mm/a.c", Code).Report()));
        folder.Write("p.proj", """<Project><Target Name="T"><Exec Command="cat report.txt" /></Target></Project>""");
        var (exitCode, output, _) = TestProgram.Run("dotnet", folder.Path, ["msbuild", "p.proj", "-nologo", "-v:q", "-nodeReuse:false"]);
        Assert.Equal(1, exitCode);
        var found = output.Split('\n').Select(line => line.TrimStart()).Where(line => line.Contains("KMM", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, found.Count);
        Assert.Contains("mm/a.c(4,2,4,7): warning KMM9901: f() calls bad()", found[0], StringComparison.Ordinal);
        Assert.Contains("mm/a.c(7,1,7,12): error KMM9903: c is one global too many", found[1], StringComparison.Ordinal);
    }
}
