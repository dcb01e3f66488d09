//! What is published: posts, pages, courses, forms, podcasts, sites.

use kajabi::{
    BlogPostField, BlogPostSort, Client, CourseField, CourseInclude, CourseSort, FieldField, FormField,
};
use kajabi::{
    FormInclude, FormSort, FormSubmissionInclude, FormSubmissionSort, LandingPageField, LandingPageSort,
};
use kajabi::{LessonField, MediaField, ModuleField, PodcastField, PodcastSort, SiteField, SiteSort};
use kajabi::{WebsitePageField, WebsitePageSort};

use super::Line;

pub(super) fn calls(client: &Client) -> Vec<Line<'_>> {
    let parts = [
        blog_posts(client),
        landing_pages(client),
        courses(client),
        forms(client),
        form_submissions(client),
        podcasts(client),
        sites(client),
        website_pages(client),
    ];
    parts.into_iter().flatten().collect()
}

fn blog_posts(client: &Client) -> Vec<Line<'_>> {
    let list = || client.blog_posts().list();
    let get = || client.blog_posts().get(&"123".into());
    let title = [BlogPostField::Title];
    vec![
        ("GET /v1/blog_posts[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/blog_posts[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/blog_posts?fields[blog_posts]=title", list().fields(title.clone()).send_raw()),
        (
            "GET /v1/blog_posts?sort=-published_at&fields[blog_posts]=title",
            list().sort(BlogPostSort::PublishedAt.desc()).fields(title.clone()).send_raw(),
        ),
        ("GET /v1/blog_posts?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        (
            "GET /v1/blog_posts?filter[title_start]=Announcing",
            list().filter_title_start("Announcing").send_raw(),
        ),
        (
            "GET /v1/blog_posts?filter[title_cont]=Announcing",
            list().filter_title_cont("Announcing").send_raw(),
        ),
        ("GET /v1/blog_posts/123?fields[blog_posts]=title", get().fields(title).send_raw()),
    ]
}

fn landing_pages(client: &Client) -> Vec<Line<'_>> {
    let list = || client.landing_pages().list();
    let get = || client.landing_pages().get(&"123".into());
    let title = [LandingPageField::Title];
    vec![
        ("GET /v1/landing_pages[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/landing_pages[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/landing_pages?fields[landing_pages]=title", list().fields(title.clone()).send_raw()),
        (
            "GET /v1/landing_pages?sort=-publish_at&fields[landing_pages]=title",
            list().sort(LandingPageSort::PublishAt.desc()).fields(title.clone()).send_raw(),
        ),
        ("GET /v1/landing_pages?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        ("GET /v1/landing_pages?filter[title_start]=Course", list().filter_title_start("Course").send_raw()),
        ("GET /v1/landing_pages?filter[title_cont]=Landing", list().filter_title_cont("Landing").send_raw()),
        ("GET /v1/landing_pages/123?fields[landing_pages]=title", get().fields(title).send_raw()),
    ]
}

fn courses(client: &Client) -> Vec<Line<'_>> {
    let list = || client.courses().list();
    let get = || client.courses().get(&"123".into());
    let fields = [CourseField::Title, CourseField::ThumbnailUrl];
    let lessons = [CourseInclude::Modules, CourseInclude::Lessons, CourseInclude::LessonsMedia];
    vec![
        ("GET /v1/courses?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/courses?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/courses?sort=title", list().sort(CourseSort::Title).send_raw()),
        ("GET /v1/courses?sort=-title", list().sort(CourseSort::Title.desc()).send_raw()),
        ("GET /v1/courses?fields[courses]=title,thumbnail_url", list().fields(fields.clone()).send_raw()),
        ("GET /v1/courses?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        ("GET /v1/courses?filter[title_cont]=marketing", list().filter_title_cont("marketing").send_raw()),
        (
            "GET /v1/courses?filter[description_cont]=marketing",
            list().filter_description_cont("marketing").send_raw(),
        ),
        (
            "GET /v1/courses?page[number]=1&page[size]=10&filter[site_id]=123&sort=title&fields[courses]=title,thumbnail_url",
            list()
                .page_number(1)
                .page_size(10)
                .filter_site_id(&"123".into())
                .sort(CourseSort::Title)
                .fields(fields.clone())
                .send_raw(),
        ),
        (
            "GET /v1/courses/123?include=modules,lessons,lessons.media,offers",
            get().include(lessons.iter().cloned().chain([CourseInclude::Offers])).send_raw(),
        ),
        ("GET /v1/courses/123?fields[courses]=title,thumbnail_url", get().fields(fields.clone()).send_raw()),
        (
            "GET /v1/courses/123?include=modules,lessons,lessons.media&fields[courses]=title,thumbnail_url&fields[modules]=title&fields[lessons]=title&fields[media]=duration_in_minutes",
            get()
                .include(lessons)
                .fields(fields)
                .fields_modules([ModuleField::Title])
                .fields_lessons([LessonField::Title])
                .fields_media([MediaField::DurationInMinutes])
                .send_raw(),
        ),
    ]
}

fn forms(client: &Client) -> Vec<Line<'_>> {
    let list = || client.forms().list();
    let get = || client.forms().get(&"123".into());
    let fields = [FormField::Title, FormField::Description];
    let hook = [FormField::Title, FormField::WebhookUrl];
    vec![
        ("GET /v1/forms?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/forms?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/forms?sort=title", list().sort(FormSort::Title).send_raw()),
        ("GET /v1/forms?sort=-title", list().sort(FormSort::Title.desc()).send_raw()),
        ("GET /v1/forms?fields[forms]=title,description", list().fields(fields.clone()).send_raw()),
        ("GET /v1/forms?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        ("GET /v1/forms?filter[title_cont]=course", list().filter_title_cont("course").send_raw()),
        (
            "GET /v1/forms?page[number]=2&page[size]=10&sort=-title&filter[site_id]=123&fields[forms]=title,description",
            list()
                .page_number(2)
                .page_size(10)
                .sort(FormSort::Title.desc())
                .filter_site_id(&"123".into())
                .fields(fields)
                .send_raw(),
        ),
        (
            "GET /v1/forms/123?include=fields,offer,contact_tags",
            get().include([FormInclude::Fields, FormInclude::Offer, FormInclude::ContactTags]).send_raw(),
        ),
        ("GET /v1/forms/123?fields[forms]=title,webhook_url", get().fields(hook.clone()).send_raw()),
        (
            "GET /v1/forms/123?include=fields&fields[forms]=title,webhook_url&&fields[fields]=title",
            get().include([FormInclude::Fields]).fields(hook).fields_fields([FieldField::Title]).send_raw(),
        ),
    ]
}

fn form_submissions(client: &Client) -> Vec<Line<'_>> {
    let list = || client.forms().list_form_submissions();
    let get = || client.forms().get_form_submission(&"123".into());
    let both = [FormSubmissionInclude::Site, FormSubmissionInclude::Form];
    vec![
        (
            "GET /v1/form_submissions?page[number]=1&page[size]=10",
            list().page_number(1).page_size(10).send_raw(),
        ),
        (
            "GET /v1/form_submissions?page[number]=2&page[size]=25",
            list().page_number(2).page_size(25).send_raw(),
        ),
        ("GET /v1/form_submissions?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        ("GET /v1/form_submissions?filter[form_id]=456", list().filter_form_id(&"456".into()).send_raw()),
        ("GET /v1/form_submissions?sort=created_at", list().sort(FormSubmissionSort::CreatedAt).send_raw()),
        ("GET /v1/form_submissions?sort=name", list().sort(FormSubmissionSort::Name).send_raw()),
        ("GET /v1/form_submissions/123?include=site,form", get().include(both).send_raw()),
    ]
}

fn podcasts(client: &Client) -> Vec<Line<'_>> {
    let list = || client.podcasts().list();
    let fields = [PodcastField::Title, PodcastField::Description];
    vec![
        ("GET /v1/podcasts?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/podcasts?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/podcasts?sort=title", list().sort(PodcastSort::Title).send_raw()),
        ("GET /v1/podcasts?sort=-title", list().sort(PodcastSort::Title.desc()).send_raw()),
        ("GET /v1/podcasts?fields[podcasts]=title,description", list().fields(fields).send_raw()),
        ("GET /v1/podcasts?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
    ]
}

fn sites(client: &Client) -> Vec<Line<'_>> {
    let list = || client.sites().list();
    let get = || client.sites().get(&"123".into());
    let fields = [SiteField::Title, SiteField::Subdomain];
    vec![
        ("GET /v1/sites?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/sites?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/sites?sort=title", list().sort(SiteSort::Title).send_raw()),
        ("GET /v1/sites?sort=-title", list().sort(SiteSort::Title.desc()).send_raw()),
        ("GET /v1/sites?fields[sites]=title,subdomain", list().fields(fields.clone()).send_raw()),
        ("GET /v1/sites?filter[title_cont]=training", list().filter_title_cont("training").send_raw()),
        (
            "GET /v1/sites?filter[subdomain_cont]=training",
            list().filter_subdomain_cont("training").send_raw(),
        ),
        (
            "GET /v1/sites?page[number]=2&page[size]=10&sort=-title&fields[sites]=title,subdomain",
            list()
                .page_number(2)
                .page_size(10)
                .sort(SiteSort::Title.desc())
                .fields(fields.clone())
                .send_raw(),
        ),
        ("GET /v1/sites/123?fields[sites]=title,subdomain", get().fields(fields).send_raw()),
    ]
}

fn website_pages(client: &Client) -> Vec<Line<'_>> {
    let list = || client.sites().list_website_pages();
    vec![
        ("GET /v1/website_pages[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/website_pages[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        (
            "GET /v1/website_pages?sort=created_at&fields[website_pages]=created_at",
            list().sort(WebsitePageSort::CreatedAt).fields([WebsitePageField::CreatedAt]).send_raw(),
        ),
        ("GET /v1/website_pages?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
    ]
}
