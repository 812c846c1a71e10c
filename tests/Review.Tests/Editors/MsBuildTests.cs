using System.Text.Json;
using System.Text.RegularExpressions;
using Review.Tests.Checking;
using Review.Tests.Cli;

namespace Review.Tests.Editors;

/// <summary>Findings in C as warnings of a real <c>dotnet build</c>, and in the form that an editor's task reads.</summary>
public sealed class MsBuildTests
{
    [Fact]
    public void A_build_warns_of_what_is_found_in_additional_files()
    {
        using var kernel = new MiniKernel();
        var program = string.Join(' ', EditedKernel.Program.Select(static word => $"\"{word}\""));
        kernel.Write("review.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
                <MmReviewCommand>{program}</MmReviewCommand>
              </PropertyGroup>
              <ItemGroup>
                <AdditionalFiles Include="mm/madvise.c;mm/gup.c;Makefile" />
              </ItemGroup>
              <Import Project="{Path.Combine(AppContext.BaseDirectory, "editors", "msbuild", "mmreview.targets")}" />
            </Project>
            """);
        var build = TestProgram.Run("dotnet", kernel.Tree, ["build", "review.csproj", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-nologo"], ("MMREVIEW_CACHE", kernel.Beside("cache")), ("MSBUILDDISABLENODEREUSE", "1"));
        Assert.True(build.Status == 0, build.Output + build.Errors);
        Assert.Matches(@"mm/madvise\.c\(8,\d+,8,\d+\): warning KMM2001: ", build.Output);
        Assert.Contains("1 Warning(s)", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_problem_matcher_of_the_extension_reads_the_report()
    {
        using var kernel = new MiniKernel();
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "editors", "vscode", "package.json")));
        var pattern = manifest.RootElement.GetProperty("contributes").GetProperty("problemMatchers")[0].GetProperty("pattern");
        var lines = kernel.Check("--format", "msbuild").Output.Split('\n');
        var match = Assert.Single(lines.Select(line => Regex.Match(line, pattern.GetProperty("regexp").GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1))), static match => match.Success);
        string Group(string name) => match.Groups[pattern.GetProperty(name).GetInt32()].Value;
        Assert.Equal(("mm/madvise.c", "8", "error", "KMM2001"), (Group("file"), Group("line"), Group("severity"), Group("code")));
        Assert.NotEmpty(Group("message"));
    }
}
