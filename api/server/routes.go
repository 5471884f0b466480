package server

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// money is how api.Money looks in the description.
type money struct {
	Amount   string `json:"amount" pattern:"^[0-9]+(\\.[0-9]{1,18})?$" maxLength:"64" doc:"Whole tokens, as a decimal string." example:"0.284"`
	Currency string `json:"currency" enum:"FARE"`
}

// statusAnswer is the answer to what changes the connection.
type statusAnswer struct {
	Status int
	Body   api.Status
}

// leastWait is time enough for a wish that cannot be fulfilled to be refused.
const leastWait = time.Second

func patience(seconds int) time.Duration {
	return max(time.Duration(seconds)*time.Second, leastWait)
}

// describe returns an empty API with our names, formats and bounds.
func describe(mux *http.ServeMux, version string) huma.API {
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	registry.RegisterTypeAlias(reflect.TypeFor[api.Money](), reflect.TypeFor[money]())
	c := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "wherry", Version: version,
				Description: "What a running node says and does, on a unix socket of its computer. docs/api.md is the manual.",
				License:     &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
			},
			Components: &huma.Components{Schemas: registry},
			Servers:    []*huma.Server{{URL: "http://wherry", Description: "the unix socket; the host's name does not matter"}},
			Tags: []*huma.Tag{
				{Name: "connection", Description: "The tunnel: where it is, and where it should be."},
				{Name: "settings", Description: "What this computer does, connected or not."},
				{Name: "market", Description: "Who sells, and what this node sells."},
			},
		},
		Formats:                      map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
	}
	return humago.New(mux, c)
}

// operation fills in what all operations have.
func operation(id, method, path, tag, summary, text string, codes ...wherry.Code) huma.Operation {
	op := huma.Operation{
		OperationID: id, Method: method, Path: path, Tags: []string{tag}, Summary: summary, Description: text, MaxBodyBytes: maxBody,
		DefaultStatus: http.StatusOK, Responses: map[string]*huma.Response{},
	}
	for _, c := range append(codes, wherry.Invalid, wherry.Forbidden) {
		if status := c.Info().HTTP; !slices.Contains(op.Errors, status) {
			op.Errors = append(op.Errors, status)
		}
	}
	slices.Sort(op.Errors)
	return op
}

// connecting are the codes of what cannot be connected.
var connecting = []wherry.Code{
	wherry.NotFunded, wherry.Conflict, wherry.Busy, wherry.NoOffer, wherry.Timeout, wherry.Locked,
}

// routes returns all operations.
func (s *Server) routes() (http.Handler, error) {
	mux := http.NewServeMux()
	a := describe(mux, s.cfg.Version)
	s.connection(a)
	s.settings(a)
	s.market(a)
	s.stream(a)
	for _, p := range a.OpenAPI().Paths {
		for _, op := range []*huma.Operation{p.Get, p.Post, p.Patch, p.Delete} {
			if op != nil {
				delete(op.Responses, "422") // what is malformed is invalid here: 400
			}
		}
	}
	asked := []string{"Connect", "Money", "Place", "SettingsPatch"} // strict; to what is answered, fields may be added
	for name, schema := range a.OpenAPI().Components.Schemas.Map() {
		if !slices.Contains(asked, name) {
			schema.AdditionalProperties = true
		}
	}
	text, err := a.OpenAPI().YAML()
	if err != nil {
		return nil, err
	}
	mux.HandleFunc("GET /v1/openapi.yaml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+yaml")
		_, _ = w.Write(text) // who asked is gone, or has it
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.write(w, r, wherry.Errorf(wherry.NotFound, "%s %.80q: there is no such resource, or not by this method; see /v1/openapi.yaml", strings.ToUpper(r.Method), r.URL.Path))
	})
	return mux, nil
}

func (s *Server) connection(a huma.API) {
	type statusOut struct{ Body api.Status }
	huma.Register(a, operation("status", http.MethodGet, "/v1/status", "connection", "Where the tunnel is", "Never waits."),
		func(context.Context, *struct{}) (*statusOut, error) { return &statusOut{s.status()}, nil })

	type connectIn struct {
		Key  string `header:"Idempotency-Key" maxLength:"128" doc:"The same key with the same request does it once; use a new random one per wish."`
		Wait int    `query:"wait" minimum:"0" maximum:"120" doc:"Seconds to wait for the tunnel; default 0. Then the answer is 202, and the node goes on."`
		Body api.Connect
	}
	op := operation("connect", http.MethodPost, "/v1/connection", "connection", "Connect",
		"Spends money, within the limits of the wish and of the configuration. A connection that there is goes over to the new wish. "+
			"Answers 200 when traffic passes, 202 when that takes longer than wait, and a problem when it cannot be. "+
			"Then everything is as it was, or the computer is blocked, which the status says with what leads out of it.", connecting...)
	later(a, &op)
	huma.Register(a, op, func(ctx context.Context, in *connectIn) (*statusAnswer, error) {
		if err := in.Body.Check(); err != nil {
			return nil, s.refuse(ctx, err)
		}
		return s.changed(ctx, in.Key, struct{ Connect api.Connect }{in.Body}, patience(in.Wait), func(ctx context.Context) error {
			return s.cfg.Engine.Connect(ctx, in.Body)
		})
	})

	type reconnectIn struct {
		Key   string `header:"Idempotency-Key" maxLength:"128" doc:"The same key with the same request does it once; use a new random one per wish."`
		Wait  int    `query:"wait" minimum:"0" maximum:"120" doc:"Seconds to wait for the tunnel; default 0. Then the answer is 202, and the node goes on."`
		Other bool   `query:"other" doc:"With another provider."`
	}
	op = operation("reconnect", http.MethodPost, "/v1/connection/reconnect", "connection", "Connect again",
		"A new session for the wish that there is. Nothing leaves outside the tunnel meanwhile.", connecting...)
	later(a, &op)
	huma.Register(a, op, func(ctx context.Context, in *reconnectIn) (*statusAnswer, error) {
		return s.changed(ctx, in.Key, struct{ Reconnect bool }{in.Other}, patience(in.Wait), func(ctx context.Context) error {
			return s.cfg.Engine.Reconnect(ctx, in.Other)
		})
	})

	huma.Register(a, operation("disconnect", http.MethodDelete, "/v1/connection", "connection", "Disconnect",
		"Waits for the last receipt, gives the network back as it was, and leaves it closed only where lockdown is on.", wherry.Timeout),
		func(ctx context.Context, _ *struct{}) (*statusAnswer, error) {
			return s.changed(ctx, "", nil, workWait, s.cfg.Engine.Disconnect)
		})

	type planIn struct{ Body api.Connect }
	type planOut struct{ Body api.Plan }
	huma.Register(a, operation("plan", http.MethodPost, "/v1/plan", "connection", "What connecting would do", "Does nothing and spends nothing.", connecting...),
		func(ctx context.Context, in *planIn) (*planOut, error) {
			if err := in.Body.Check(); err != nil {
				return nil, s.refuse(ctx, err)
			}
			p, err := s.cfg.Engine.Plan(ctx, in.Body)
			if err != nil {
				return nil, s.refuse(ctx, err)
			}
			p.Schema = api.PlanSchema
			return &planOut{p}, nil
		})
}

// later describes the answer to what takes longer.
func later(a huma.API, op *huma.Operation) {
	op.Responses["202"] = &huma.Response{
		Description: "Not connected yet; the node goes on. Follow /v1/events.",
		Content: map[string]*huma.MediaType{"application/json": {
			Schema: a.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[api.Status](), true, "Status"),
		}},
	}
}

// changed does what changes the connection, and answers with what is so then.
func (s *Server) changed(ctx context.Context, key string, asked any, wait time.Duration, do func(ctx context.Context) error) (*statusAnswer, error) {
	err := s.once(ctx, key, asked, wait, do)
	switch {
	case wherry.CodeOf(err) == wherry.Pending:
		return &statusAnswer{http.StatusAccepted, s.status()}, nil
	case err != nil:
		return nil, s.refuse(ctx, err)
	}
	return &statusAnswer{http.StatusOK, s.status()}, nil
}

func (s *Server) status() api.Status { return s.cfg.Engine.Status().Fill() }

func (s *Server) settings(a huma.API) {
	type settingsOut struct{ Body api.SettingsDocument }
	answer := func(v api.Settings) *settingsOut {
		return &settingsOut{api.SettingsDocument{Schema: api.SettingsSchema, Settings: v.Fill()}}
	}
	huma.Register(a, operation("settings", http.MethodGet, "/v1/settings", "settings", "The settings that hold", ""),
		func(context.Context, *struct{}) (*settingsOut, error) { return answer(s.cfg.Engine.Settings()), nil })

	type patchIn struct {
		RawBody []byte
		Body    api.SettingsPatch
	}
	huma.Register(a, operation("set", http.MethodPatch, "/v1/settings", "settings", "Change settings", "What is not named stays as it is. All of it is done, or nothing."),
		func(ctx context.Context, in *patchIn) (*settingsOut, error) {
			if err := noNull(in.RawBody); err != nil {
				return nil, s.refuse(ctx, err)
			}
			v, err := s.cfg.Engine.Set(ctx, in.Body)
			if err != nil {
				return nil, s.refuse(ctx, err)
			}
			return answer(v), nil
		})

	type keyIn struct {
		Key string `path:"key" maxLength:"64" doc:"A setting, as wherry get prints it."`
	}
	huma.Register(a, operation("unset", http.MethodDelete, "/v1/settings/{key}", "settings", "Back to the default", ""),
		func(ctx context.Context, in *keyIn) (*settingsOut, error) {
			var p api.SettingsPatch
			err := p.Unset(in.Key)
			if err != nil {
				return nil, s.refuse(ctx, err)
			}
			v, err := s.cfg.Engine.Set(ctx, p)
			if err != nil {
				return nil, s.refuse(ctx, err)
			}
			return answer(v), nil
		})
}

// noNull refuses a change to nothing, which could mean the default, or no change.
func noNull(patch []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(patch, &all); err != nil {
		return wherry.Errorf(wherry.Invalid, "body: %w", err)
	}
	for key, v := range all {
		if string(v) == "null" {
			return wherry.Errorf(wherry.Invalid, "body.%s: null; DELETE /v1/settings/KEY gives it its default", key)
		}
	}
	return nil
}

// stream is /v1/events.
func (s *Server) stream(a huma.API) {
	op := operation("events", http.MethodGet, "/v1/events", "connection", "Follow the status",
		"Server-sent events: first what is so now, then each change, as an event named status whose data is a Status. "+
			"A comment comes every 15 seconds. Who comes back with Last-Event-ID is told what it has missed. Who reads too slowly is dropped.", wherry.Busy)
	op.Responses["200"] = &huma.Response{
		Description: "A stream without an end.",
		Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{
			Type: huma.TypeString, Description: "Each event's data is a Status in one line.",
		}}},
	}
	type eventsIn struct {
		Last string `header:"Last-Event-ID" maxLength:"64" doc:"The last event that was seen."`
	}
	huma.Register(a, op, func(ctx context.Context, in *eventsIn) (*huma.StreamResponse, error) {
		missed, more, err := s.events.join(in.Last)
		if err != nil {
			return nil, s.refuse(ctx, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			defer s.events.leave(more)
			hc.SetHeader("Content-Type", "text/event-stream")
			hc.SetHeader("Connection", "close") // so that the end of the stream is noticed
			_, w := humago.Unwrap(hc)
			s.events.send(hc.Context(), w, missed, more)
		}}, nil
	})
}
