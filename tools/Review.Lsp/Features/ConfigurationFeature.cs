using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Lsp.Protocol;
using Review.Lsp.Reviewing;
using Review.Lsp.Server;

namespace Review.Lsp.Features;

/// <summary>Settings, folders, and files that change on disk.</summary>
/// <param name="session">The client.</param>
internal sealed class ConfigurationFeature(Session session)
{
    private const string Section = "mmreview";

    public void Register(JsonObject capabilities, JsonElement parameters)
    {
        capabilities["workspace"] = new JsonObject { ["workspaceFolders"] = new JsonObject { ["supported"] = true, ["changeNotifications"] = true } };
        if (parameters.Find("initializationOptions", Section) is { } options)
        {
            session.Settings = ReviewSettings.Read(options, session.Warn);
        }

        session.Connection.Handle("initialized", _ => Initialized());
        session.Connection.Handle("workspace/didChangeConfiguration", change =>
        {
            if (session.Client.TellsConfiguration)
            {
                Ask();
            }
            else if (change.Find("settings") is { } settings)
            {
                Use(settings.Find(Section) ?? settings);
            }
        });

        // A tree is found from its file upwards, so that folders may come and go.
        session.Connection.Handle("workspace/didChangeWorkspaceFolders", static _ => { });
        session.Connection.Handle("workspace/didChangeWatchedFiles", _ =>
        {
            session.Reviewer.FilesChanged();
            session.ReviewAll();
        });
        session.Connection.Handle("$/setTrace", static _ => { });
    }

    private void Initialized()
    {
        var registrations = new JsonArray();
        if (session.Client.RegistersConfiguration)
        {
            registrations.Add((JsonNode)new JsonObject { ["id"] = "configuration", ["method"] = "workspace/didChangeConfiguration", ["registerOptions"] = new JsonObject { ["section"] = Section } });
        }

        if (session.Client.RegistersWatchers)
        {
            var patterns = ((string[])["**/*.h", "**/Makefile", "**/Kbuild", "**/Kconfig*", "**/.editorconfig", "**/.git/HEAD"]).Select(static pattern => new JsonObject { ["globPattern"] = pattern });
            registrations.Add((JsonNode)new JsonObject { ["id"] = "files", ["method"] = "workspace/didChangeWatchedFiles", ["registerOptions"] = new JsonObject { ["watchers"] = new JsonArray([.. patterns]) } });
        }

        if (registrations.Count > 0)
        {
            _ = session.Connection.AskAsync("client/registerCapability", new JsonObject { ["registrations"] = registrations });
        }

        if (session.Client.TellsConfiguration)
        {
            Ask();
        }
    }

    private void Ask() => session.Connection.Ask("workspace/configuration", new JsonObject { ["items"] = new JsonArray(new JsonObject { ["section"] = Section }) }, answer =>
    {
        if (answer.ValueKind == JsonValueKind.Array && answer.GetArrayLength() > 0 && answer[0].ValueKind == JsonValueKind.Object)
        {
            Use(answer[0]);
        }
    });

    private void Use(JsonElement section)
    {
        var settings = ReviewSettings.Read(section, session.Warn);
        if (settings != session.Settings)
        {
            session.Settings = settings;
            session.ReviewAll();
            if (session.Client.RefreshesInlayHints)
            {
                _ = session.Connection.AskAsync("workspace/inlayHint/refresh", null);
            }
        }
    }
}
