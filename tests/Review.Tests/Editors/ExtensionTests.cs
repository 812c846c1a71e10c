using System.IO.Compression;
using System.Text.Json;
using Review.Lsp.Reviewing;
using Review.Tests.Cli;
using Review.Tests.Report;

namespace Review.Tests.Editors;

/// <summary>The extension for Visual Studio Code: it is built, and the library that it is made of talks to the server.</summary>
[Collection(EditedKernel.Collection)]
public sealed class ExtensionTests(ExtensionTests.Built built) : IClassFixture<ExtensionTests.Built>
{
    [ToolFact("npm", "node")]
    public void It_is_packed_with_all_that_it_needs()
    {
        using var package = ZipFile.OpenRead(built.At("mmreview.vsix"));
        Assert.Contains("extension/out/extension.js", package.Entries.Select(static entry => entry.FullName));
        Assert.DoesNotContain(package.Entries, static entry => entry.FullName.Contains("node_modules", StringComparison.Ordinal));
    }

    [Fact]
    public void The_server_understands_every_setting()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(built.At("package.json")));
        var properties = manifest.RootElement.GetProperty("contributes").GetProperty("configuration").GetProperty("properties");
        var complaints = new List<string>();
        foreach (var property in properties.EnumerateObject())
        {
            var name = property.Name["mmreview.".Length..];
            var values = property.Value.TryGetProperty("enum", out var all) ? all.EnumerateArray().ToList() : [property.Value.GetProperty("default")];
            foreach (var value in values)
            {
                using var section = JsonDocument.Parse($$"""{"{{name}}":{{value.GetRawText()}} }""");
                var settings = ReviewSettings.Read(section.RootElement, complaints.Add);
                Assert.True(value.GetRawText() != property.Value.GetProperty("default").GetRawText() || settings == ReviewSettings.Default, $"{name} has another default in the extension");
            }
        }

        Assert.Empty(complaints);
    }

    [EditorFact("npm", "node")]
    public void The_client_library_shows_explains_and_cures_a_bug()
    {
        using var kernel = new EditedKernel("002-dontneed-prev-not-nulled");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Editors", "client.mjs"), built.At("client.mjs"), overwrite: true);
        var said = kernel.Drive("node", [built.At("client.mjs")], "stale-prev");
        Assert.Equal(
            ["initialized\tutf-16\ttrue", "related\ttrue", "run\ttrue", "facts\ttrue", "left\t0", "ended\t0"],
            said.Where(static line => line.Split('\t')[0] is not ("diagnostic" or "hover" or "actions" or "advice")));
        Assert.Contains(said, static line => line.StartsWith("diagnostic\t", StringComparison.Ordinal) && line.Contains("userfaultfd_remove()", StringComparison.Ordinal));
        Assert.Contains(said, static line => line.StartsWith("advice\t**MADV_DONTNEED**", StringComparison.Ordinal));
        kernel.AssertUntouched();
    }

    /// <summary>The extension, built once by npm in a folder of the output; nothing of what it is built with is committed.</summary>
    public sealed class Built
    {
        private readonly string folder = Path.Combine(AppContext.BaseDirectory, "editors", "vscode");

        public Built()
        {
            if (ToolFactAttribute.Find("npm") is null)
            {
                return;
            }

            foreach (var arguments in (string[][])[["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"], ["run", "package"]])
            {
                var (status, output, errors) = TestProgram.Run("npm", folder, arguments);
                Assert.True(status == 0, $"npm {arguments[0]}: {output}{errors}");
            }
        }

        public string At(string path) => Path.Combine(folder, path);
    }
}
