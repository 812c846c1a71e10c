using Review.Tests.Cli;
using Review.Tests.Tables;

namespace Review.Tests.CSharp;

/// <summary>The package, as a project uses it that has never heard of this repository.</summary>
public sealed class PackageTests
{
    [Fact]
    public void A_project_gets_lookups_warnings_and_errors_from_the_package()
    {
        using var folder = new TemporaryFolder();
        var root = Root();
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')).Split('_')[0];
        Run(root, "pack", "analyzers/Review.CSharp", "-c", configuration, "--no-build", "-o", folder.At("packages"));
        var package = Path.GetFileName(Assert.Single(Directory.EnumerateFiles(folder.At("packages"), "*.nupkg")));
        var version = package["mmreview.CSharp.".Length..^".nupkg".Length];

        folder.Write("nuget.config", """<configuration><packageSources><clear /><add key="local" value="packages" /></packageSources></configuration>""");
        folder.Write("Directory.Build.props", "<Project />");
        folder.Write("consumer/consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
                <RestorePackagesPath>../restored</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="mmreview.CSharp" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        folder.Write("consumer/info.table", Sample.Table);
        folder.Write("consumer/Program.cs", """
            using consumer;
            System.Console.WriteLine($"{Info.ValidOf(3, InfoOptions.P)} {Info.ValidOf(3, InfoOptions.None)} {Info.LockOf(90, InfoOptions.None)}");
            switch ((InfoAdvice)args.Length) { case InfoAdvice.MADV_B: break; default: break; }
            """);
        var built = Run(folder.At("consumer"), "build", "-nodeReuse:false", "-o", folder.At("out"));
        Assert.Contains("Program.cs(3,9): warning KMC1001: the switch over InfoAdvice does not name MADV_A, MADV_C, MADV_D, and its default takes them without a word", built, StringComparison.Ordinal);
        Assert.Equal("True False Read\n", Run(folder.At("out"), "consumer.dll"));

        folder.Write("consumer/info.table", Sample.Table.Replace("MADV_C    4 ", "MADV_C    3 ", StringComparison.Ordinal));
        var failed = TestProgram.Run("dotnet", folder.At("consumer"), ["build", "-nodeReuse:false", "--no-restore", "-o", folder.At("out")]);
        Assert.Equal(1, failed.Status);
        Assert.Contains("info.table(10,1): error KMC9001: MADV_C has the value 3 of MADV_B; ", failed.Output, StringComparison.Ordinal);
    }

    private static string Run(string folder, params string[] arguments)
    {
        var result = TestProgram.Run("dotnet", folder, arguments, ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"));
        Assert.True(result.Status == 0, result.Output + result.Errors);
        return result.Output;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Review.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
