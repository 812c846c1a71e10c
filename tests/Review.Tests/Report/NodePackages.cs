using System.Text.Json;
using Review.Tests.Cli;

namespace Review.Tests.Report;

/// <summary>The npm packages that tests use as peers, installed once by name below the output folder; nothing of them is committed.</summary>
public sealed class NodePackages
{
    private static readonly string[] Packages = ["@microsoft/sarif-multitool@5.7.0", "ajv@8", "ajv-formats@3", "playwright-core@1"];

    private readonly string folder = Path.Combine(AppContext.BaseDirectory, "node");

    public NodePackages()
    {
        if (ToolFactAttribute.Find("npm") is null || File.Exists(Path.Combine(folder, "installed")))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "package.json"), """{ "private": true }""");
        var (exitCode, _, errors) = TestProgram.Run("npm", folder, ["install", "--no-audit", "--no-fund", "--ignore-scripts", .. Packages]);
        Assert.True(exitCode == 0, "npm install: " + errors);
        File.WriteAllText(Path.Combine(folder, "installed"), string.Join('\n', Packages));
    }

    /// <summary>Runs a script of this folder and reads the JSON it prints.</summary>
    public JsonElement Run(string script, params string[] arguments)
    {
        // Modules are looked up from the script's place.
        var copy = Path.Combine(folder, script);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Report", script), copy, overwrite: true);
        var (exitCode, output, errors) = TestProgram.Run("node", folder, [copy, .. arguments]);
        Assert.True(exitCode == 0, errors);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}

[CollectionDefinition(Name)]
public sealed class NodeCollection : ICollectionFixture<NodePackages>
{
    public const string Name = "node";
}
